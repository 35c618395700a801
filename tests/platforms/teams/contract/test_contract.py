"""The contract of whatever speaks to Teams: an activity as JSON in, its answer and the HTTP calls that follow.

It knows the stand-in and ``cases.json``, and nothing of how things are done; a successor has to pass it as it is.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.platforms.teams.serving import Running
from tests.standins.teams import Someone, TeamsStandIn, words_of

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
async def test_an_activity_has_its_answer_and_its_calls(
    case: dict[str, Any], served: Running, teams: TeamsStandIn, sam: Someone
) -> None:
    activity = sam.activity(**{"kind": case["activity"]["type"], **case["activity"]})
    token = teams.authority.token(teams.service, **case.get("token", {}))

    answers = [await teams.deliver(activity, token) for _ in range(case.get("times", 1))]
    calls = await _calls(teams, sam)

    assert {status for status, _ in answers} == {case["status"]}
    assert calls == case["calls"]
    assert _at(answers[0][1], case.get("answer", ())) is not None
    assert teams.refused() == []


def test_the_contract_knows_nothing_of_how_it_is_done() -> None:
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]

    assert [module for module in imported if module.startswith("bot")] == []


async def _calls(teams: TeamsStandIn, sam: Someone) -> list[str]:
    """The types of what was posted; a chat keeps its order, so what is asked last is answered last.

    That somebody is typing is no answer: on a busy machine it may come before any.
    """
    assert await sam.writes("privacy") == 202
    while "delete my data" not in words_of(await sam.hears()):
        pass
    posted = [post.activity["type"] for post in teams.posts]
    return [kind for kind in posted if kind != "typing"][:-1]


def _at(answer: Any, path: list[str]) -> Any:
    for name in path:
        answer = answer[name]
    return answer
