"""A likeness of how Slack shows blocks, in HTML of our own: enough to see what is cut, crowded or hard to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from tests.standins.slack_screen import Blocks, unescaped

Block = Mapping[str, Any]

STYLE = """
body { margin: 0; padding: 16px; font: 15px/1.47 Lato, "Liberation Sans", sans-serif; color: #1d1c1d; }
.by { font-weight: 900; margin-bottom: 2px; }
section { margin: 4px 0 8px; max-width: 600px; overflow-wrap: anywhere; white-space: pre-wrap; }
header { margin: 16px 0 8px; font-size: 18px; font-weight: 900; max-width: 600px; }
small { display: block; margin: 4px 0 8px; font-size: 13px; color: #616061; max-width: 600px; overflow-wrap: anywhere; }
pre { margin: 4px 0 8px; padding: 8px; border: 1px solid #d8d8d8; border-radius: 4px; background: #f8f8f8;
  max-width: 584px; font: 12px/1.5 "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 4px 0 12px; max-width: 600px; }
button { font: 700 13px/1 inherit; font-family: inherit; padding: 0 12px; height: 28px; border: 1px solid #bbb;
  border-radius: 4px; background: #fff; color: inherit; max-width: 100%; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
a { color: #1264a3; }
hr { border: 0; border-top: 1px solid #ddd; margin: 16px 0; max-width: 600px; }
label { display: block; margin: 12px 0; font-weight: 700; max-width: 600px; }
label > i { font-weight: 400; color: #616061; font-style: normal; }
.field { display: block; font-weight: 400; border: 1px solid #8d8d8d; border-radius: 4px; padding: 8px 12px;
  margin-top: 8px; white-space: pre-wrap; overflow-wrap: anywhere; min-height: 1.4em; }
.long { min-height: 6em; }
.radio { display: block; font-weight: 400; margin-top: 6px; }
.modal { border: 1px solid #ccc; border-radius: 8px; max-width: 520px; padding: 16px 20px; }
.modal h1 { font-size: 20px; margin: 0 0 12px; }
.foot { display: flex; gap: 8px; justify-content: flex-end; margin-top: 16px; }
.foot button { height: 36px; font-size: 15px; }
.foot button:last-child:not(:only-child) { background: #007a5a; color: #fff; border-color: #007a5a; }
"""


def page_of_message(blocks: Blocks) -> str:
    """A message below the app's name."""
    return _page('<div class="by">Afterword</div>' + _shown(blocks))


def page_of_view(view: Block) -> str:
    """A modal with its frame, or a home page."""
    if view["type"] == "home":
        return _page(_shown(view["blocks"]))
    feet = "".join(f"<button>{_text(view[foot])}</button>" for foot in ("close", "submit") if foot in view)
    body = f"<h1>{_text(view['title'])}</h1>{_shown(view['blocks'])}<div class='foot'>{feet}</div>"
    return _page(f"<div class='modal'>{body}</div>")


def _page(body: str) -> str:
    return f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><style>{STYLE}</style><body>{body}</body></html>"


def _shown(blocks: Blocks) -> str:
    return "\n".join(_KINDS[block["type"]](block) for block in blocks)


def _text(node: Block) -> str:
    return escape(unescaped(node["text"]))


def _rich(block: Block) -> str:
    return "".join(_RICH[one["type"]](one) for one in block["elements"])


def _link(run: Block) -> str:
    return f"<a href='{escape(run['url'])}'>{escape(run['text'])}</a>" if run["type"] == "link" else escape(run["text"])


def _actions(block: Block) -> str:
    return "<nav>" + "".join(f"<button>{_text(one['text'])}</button>" for one in block["elements"]) + "</nav>"


def _input(block: Block) -> str:
    optional = " <i>(optional)</i>" if block.get("optional") else ""
    return f"<label>{_text(block['label'])}{optional}{_field(block['element'])}</label>"


def _field(element: Block) -> str:
    if element["type"] == "radio_buttons":
        return "".join(_radio(option, element.get("initial_option")) for option in element["options"])
    long = " long" if element.get("multiline") else ""
    return f"<span class='field{long}'>{escape(element.get('initial_value', ''))}</span>"


def _radio(option: Block, chosen: Block | None) -> str:
    return f"<span class='radio'>{'◉' if option == chosen else '◯'} {_text(option['text'])}</span>"


_RICH: Mapping[str, Callable[[Block], str]] = {
    "rich_text_section": lambda one: f"<section>{''.join(map(_link, one['elements']))}</section>",
    "rich_text_preformatted": lambda one: f"<pre>{''.join(map(_link, one['elements']))}</pre>",
}

_KINDS: Mapping[str, Callable[[Block], str]] = {
    "section": lambda block: f"<section>{_text(block['text'])}</section>",
    "header": lambda block: f"<header>{_text(block['text'])}</header>",
    "context": lambda block: "".join(f"<small>{_text(one)}</small>" for one in block["elements"]),
    "divider": lambda block: "<hr>",
    "rich_text": _rich,
    "actions": _actions,
    "input": _input,
}
