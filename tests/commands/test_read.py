"""Read: JSON lines in, JSON lines out, in the same order, whatever stands in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.commands.running import afterword

OPENING = "acme said no, email this morning. analyst job"


def read(tmp_path: Path, kind: str, *lines: str | dict[str, Any], words: tuple[str, ...] = ()) -> tuple[int, list[Any]]:
    typed = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = afterword("read", kind, *words, data=tmp_path, typed=typed)
    assert done.stderr == b""
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_an_opening_tells_what_it_is_about_and_what_it_names(tmp_path: Path) -> None:
    code, (answer,) = read(tmp_path, "opening", {"id": "o1", "text": OPENING})

    assert code == 0
    told = {name: answer[name] for name in ("id", "intent", "crisis", "company", "role", "when_phrase")}
    assert told == {
        "id": "o1",
        "intent": "bad_news",
        "crisis": False,
        "company": "acme",
        "role": "analyst",
        "when_phrase": "this morning",
    }


def test_a_draft_tells_each_finding_with_its_place_its_reason_and_a_gentler_wording(tmp_path: Path) -> None:
    text = "Why didn't I get the job?"

    _, (answer,) = read(tmp_path, "draft", {"text": text})

    why = next(finding for finding in answer["findings"] if finding["code"] == "why_question")
    assert text[slice(*why["span"])] == why["words"] != ""
    assert why["reason"]
    assert why["gentler"]
    assert answer["broken"]
    assert answer["rewritten"]


def test_feedback_tells_its_areas(tmp_path: Path) -> None:
    _, (answer,) = read(tmp_path, "feedback", {"text": "Your answers lacked detail and examples."})

    assert answer["areas"] == ["answer_detail"]
    assert answer["has_feedback"] is True


def test_a_practised_answer_tells_what_it_holds_and_why(tmp_path: Path) -> None:
    text = "Last winter our shop lost its till. I rang every customer."

    _, (answer,) = read(tmp_path, "answer", {"id": 3, "text": text})

    told = {name: answer[name] for name in ("id", "situation", "task", "action", "result", "own_part", "length")}
    assert told == {
        "id": 3,
        "situation": True,
        "task": False,
        "action": True,
        "result": False,
        "own_part": True,
        "length": "short",
    }
    assert all(text[slice(*mention["span"])] == mention["words"] for mention in answer["mentions"])
    assert {"about": "action", "there": True, "says": "It says what was done."} in answer["notes"]


def test_a_command_tells_what_to_do_and_when(tmp_path: Path) -> None:
    lines = ({"text": "stop"}, {"text": "remind me on Friday at 9", "now": "2026-03-04T14:30"})

    _, (stop, later) = read(tmp_path, "command", *lines)

    assert stop["action"] == "stop"
    assert (later["action"], later["date"], later["time"]) == ("snooze", "2026-03-06", "09:00")


def test_the_moment_of_the_command_line_is_that_of_every_line(tmp_path: Path) -> None:
    line = {"text": "remind me tomorrow", "now": "2026-03-04T14:30"}

    _, (later,) = read(tmp_path, "command", line, words=("--now", "2026-05-01T09:00"))

    assert later["date"] == "2026-05-02"


def test_a_line_that_cannot_be_read_says_so_and_the_next_is_read(tmp_path: Path) -> None:
    bad = [b"nonsense", b"[]", b'{"id": 7}', b'{"text": 7}', b'{"text": "hi", "now": "soon"}', b"[" * 100_000, b"\xff"]
    good = b'{"id": "next", "text": "hello"}'

    done = afterword("read", "opening", data=tmp_path, typed=b"\n".join([*bad, good]))

    answers = [json.loads(answer) for answer in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert [answer.get("error", "")[:6] for answer in answers] == [f"line {n}" for n in range(1, len(bad) + 1)] + [""]
    assert answers[-1]["id"] == "next"


def test_empty_lines_are_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, "opening", "", "  ", "") == (0, [])
