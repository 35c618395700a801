from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.catalog import Template
from bot.content.template import BadTemplateError, fill, parse_template


def test_a_name_in_braces_is_a_place() -> None:
    template = parse_template("Dear {first_name}, about {company}.")

    assert template == Template(("Dear ", "first_name", ", about ", "company", "."))
    assert template.names == ("first_name", "company")


def test_doubled_braces_are_braces() -> None:
    template = parse_template("{{company}} is {company}")

    assert fill(template, {"company": "Acme"}) == "{company} is Acme"


def test_places_may_touch_each_other_and_both_ends() -> None:
    template = parse_template("{a}{b}")

    assert fill(template, {"a": "1", "b": "2"}) == "12"


def test_words_with_braces_are_put_in_as_they_are() -> None:
    template = parse_template("{said}, {company}")

    assert fill(template, {"said": "{company} {0} {{x}} {said!r:>9}", "company": "Acme"}) == (
        "{company} {0} {{x}} {said!r:>9}, Acme"
    )


def test_a_name_without_words_is_an_error() -> None:
    with pytest.raises(KeyError, match="company"):
        fill(parse_template("{company}"), {})


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("Dear {name", 5, "never closed"),
        ("Dear name}", 9, "closes nothing"),
        ("{Name}", 0, "small letters"),
        ("ok {}", 3, "small letters"),
        ("{name!r}", 0, "`{name!r}`"),
        ("{name:>9}", 0, "`{name:>9}`"),
        ("{name.__class__}", 0, "`{name.__class__}`"),
        ("{0}", 0, "`{0}`"),
        ("{{name}", 6, "closes nothing"),
    ],
)
def test_anything_but_a_plain_name_is_refused_where_it_stands(text: str, position: int, says: str) -> None:
    with pytest.raises(BadTemplateError, match=says.replace("{", r"\{").replace("|", r"\|")) as caught:
        parse_template(text)

    assert caught.value.position == position


@given(st.text())
def test_any_text_with_its_braces_doubled_is_said_as_it_is(text: str) -> None:
    template = parse_template(text.replace("{", "{{").replace("}", "}}"))

    assert fill(template, {}) == text


@given(st.text())
def test_any_text_is_read_or_refused_inside_itself(text: str) -> None:
    try:
        places = len(parse_template(text).names)
    except BadTemplateError as error:
        places = 0
        fault = text[error.position]
    else:
        fault = "{"

    assert fault in "{}"
    assert places <= text.count("{")
