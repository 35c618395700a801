"""A picture of a dialog as SVG that any browser shows."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from bot.compiler.drawing import svg
from bot.compiler.graph import Arrow, Box, Picture, picture
from tests.shipped import compiled

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawn: Picture) -> ET.Element:
    return ET.fromstring(svg(drawn))


@pytest.mark.parametrize("name", sorted(compiled().library.dialogs))
def test_every_state_and_way_of_a_shipped_dialog_is_drawn(name: str) -> None:
    drawn = picture(compiled().library.dialogs[name], compiled().catalog)

    root = parsed(drawn)

    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert {box.name for box in drawn.boxes} <= set(texts)
    assert len(root.findall(f"{SVG}path")) == len(drawn.arrows)


def test_signs_that_mean_something_in_xml_are_only_text() -> None:
    root = parsed(Picture("a & b", (Box("start", "<b>Hello</b>"),), (Arrow("start", "start", "1 < 2"),)))

    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts == ["start", "<b>Hello</b>", "1 < 2"]


def test_nothing_is_drawn_outside_the_picture() -> None:
    root = parsed(picture(compiled().library.dialogs["crisis"], compiled().catalog))

    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    boxes = root.findall(f"{SVG}rect")
    assert all(0 <= float(box.attrib.get("x", 0)) <= width - float(box.attrib["width"]) for box in boxes)
    assert all(0 <= float(box.attrib.get("y", 0)) <= height - float(box.attrib["height"]) for box in boxes)


def test_a_long_label_stands_in_several_lines() -> None:
    label = "feeling is angry and news_channel is recruiter"
    root = parsed(Picture("note", (Box("a", ""), Box("b", "")), (Arrow("a", "b", label),)))

    lines = ["".join(span.itertext()) for span in root.iter(f"{SVG}tspan")]

    assert len(lines) > 1
    assert " ".join(lines) == label
