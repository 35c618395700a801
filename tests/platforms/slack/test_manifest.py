"""The manifest: what is asked for is what is used, each with its reason, and Slack takes it."""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml

from bot.platforms.slack.manifest import CALLS, EVENTS, REASONS, as_yaml, main, manifest, scopes
from tests.project import ROOT, modules
from tests.standins.slack import SCOPES
from tests.standins.slack_checks import SCHEMAS
from tests.standins.slack_methods import METHODS

FORBIDDEN = ("admin", "identity", "search:", "workflow.", "triggers:", "files:", "channels:", "groups:", "mpim:")


def test_the_file_is_what_the_code_makes() -> None:
    assert (ROOT / "deploy" / "slack" / "manifest.yaml").read_text(encoding="utf-8") == as_yaml(manifest())


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])
def test_the_yaml_says_what_the_manifest_says(socket_mode: bool) -> None:
    made = manifest(socket_mode=socket_mode)

    assert yaml.safe_load(as_yaml(made)) == made


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])
def test_slack_takes_the_manifest(socket_mode: bool) -> None:
    path = SCHEMAS / "schemas_manifest.schema.1.0.0.json"
    if not path.is_file():
        pytest.skip("no published schemas beside this checkout")
    schema = json.loads(path.read_text(encoding="utf-8"))

    faults = jsonschema.Draft7Validator(schema).iter_errors(manifest(socket_mode=socket_mode))

    assert [fault.message for fault in faults] == []


def test_every_scope_has_a_reason_and_no_other_is_asked_for() -> None:
    assert set(scopes()) == set(REASONS)


def test_no_scope_is_of_a_kind_that_is_never_asked_for() -> None:
    assert not [scope for scope in scopes() if scope.startswith(FORBIDDEN)]
    assert "user" not in manifest()["oauth_config"]["scopes"]


def test_the_stand_in_asks_for_the_same_scopes() -> None:
    assert {name: scope or "" for name, scope in CALLS.items()} == {name: METHODS[name].scope for name in CALLS}
    assert set(scopes()) == SCOPES


def test_every_method_that_the_code_names_is_in_the_table_and_no_other() -> None:
    named = {text for text in texts_of_the_platform() if re.fullmatch(r"(chat|conversations|users|views)\.\w+", text)}

    assert named == set(CALLS)


def test_every_event_of_the_table_is_handled_by_name() -> None:
    named = set(texts_of_the_platform())

    assert [event for event in EVENTS if event.partition(".")[0] not in named] == []


def texts_of_the_platform() -> Iterator[str]:
    """Every text in the platform's code, the manifest's own apart."""
    for path, tree in modules("bot/platforms/slack"):
        if not path.endswith("manifest.py"):
            yield from (
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is str
            )


def test_events_are_subscribed_as_they_are_handled() -> None:
    assert manifest()["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)


def test_the_short_description_is_ten_words_at_most() -> None:
    assert len(manifest()["display_information"]["description"].split()) <= 10


def test_the_slash_command_has_a_name_of_its_own_with_description_and_hint() -> None:
    [command] = manifest()["features"]["slash_commands"]

    assert command["command"] == "/afterword"
    assert command["description"]
    assert "help" in command["usage_hint"]


def test_socket_mode_needs_no_address() -> None:
    assert "http" not in as_yaml(manifest(socket_mode=True))


def test_another_address_stands_wherever_slack_calls() -> None:
    made: dict[str, Any] = manifest("https://coach.example.com")

    assert "afterword.example.org" not in as_yaml(made)
    assert made["oauth_config"]["redirect_urls"] == ["https://coach.example.com/slack/oauth_redirect"]


# ------------------------------------------------------------------------------------------------------- pages


def page(name: str) -> str:
    return (ROOT / "deploy" / "slack" / name).read_text(encoding="utf-8")


def test_the_landing_page_explains_every_scope() -> None:
    text = html.unescape(page("landing.html")).replace("<code>", "`").replace("</code>", "`")

    rows = [f"<td>`{scope}`</td><td>{reason}</td>" for scope, reason in sorted(REASONS.items())]
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize(
    "part", ["What is kept", "What it is used for", "Who else can read it", "How long", "take it with you", "Contact"]
)
def test_the_privacy_page_says_everything_that_it_has_to(part: str) -> None:
    assert part in page("privacy.html")


@pytest.mark.parametrize("name", ["landing.html", "privacy.html"])
def test_the_pages_can_be_read_by_everybody(name: str) -> None:
    text = page(name)

    assert '<html lang="en">' in text
    assert text.count("<h1") == 1
    assert all(wanted in text for wanted in ("<title>", 'name="viewport"', 'class="skip"', "<main"))
    assert not any(foreign in text for foreign in ("<script", "http://", "https://", "@import", "<img"))


@pytest.mark.parametrize("name", ["landing.html", "privacy.html"])
def test_every_place_to_fill_in_is_explained(name: str) -> None:
    places = {f"%{part}%" for part in page(name).split("%")[1::2]}

    assert [place for place in sorted(places) if f"`{place}`" not in page("README.md")] == []


@pytest.mark.parametrize("words", [[], ["sockets"], ["http://coach.org"], ["https://"], ["https://a b.org"]])
def test_a_manifest_is_written_for_an_https_address_or_for_a_socket_alone(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Name the https address" in (main(words) or "")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("word", ["socket", "https://coach.org/", "https://coach.org/afterword"])
def test_a_manifest_is_written_for_what_was_named(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([word]) is None
    assert (f"{word.rstrip('/')}/slack/events" in capsys.readouterr().out) == (word != "socket")
