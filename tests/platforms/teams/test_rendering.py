"""Cards in the real renderer, in a browser: nothing is dropped, and what is pressed hands back what we expect.

Runs where ``ADAPTIVECARDS_JS`` names the renderer's ``adaptivecards.min.js`` (npm package ``adaptivecards``) and
Chromium is there. With ``CARD_PICTURES`` set to a folder it also takes pictures, light and dark, narrow and wide.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint
from bot.platforms.teams.cards import WORDS, activity_of
from bot.platforms.teams.forms import form_body, offer
from bot.runtime.voice import Voice
from tests.shipped import coach
from tests.standins.teams import card_of, words_of

RENDERER = Path(os.environ.get("ADAPTIVECARDS_JS", "/nowhere"))
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(not (RENDERER.is_file() and CHROMIUM), reason="no renderer or no browser here")

VOICE = Voice(coach(), datetime(2026, 3, 4, 10, 10, tzinfo=UTC))
HOSTILE = "**bold** [link](https://evil.example) <b>x</b> ${x} {{DATE(2026-01-01T00:00:00Z)}} 👩‍👩‍👧"
DRAFT = OutgoingMessage(
    (
        Paragraph(f"Press Reply on their e-mail and paste it.\n{HOSTILE}"),
        Block("Dear Dana,\n\nThank you for the time.\n\nSam", mail_subject="Feedback", mail_label="Open in mail"),
        SmallPrint("I'm a program. Whoever owns this workspace may be able to export this chat."),
    ),
    (Button("sent", "I sent it"), Button("change", "Change it"), Button("remind", "Remind me at 17:00")),
    question=3,
)
CARDS: dict[str, dict[str, Any]] = {
    "draft": card_of(activity_of(DRAFT, offer(("slots.news_channel",), VOICE))),
    **{
        intent: form_body(intent, VOICE)["task"]["value"]["card"]["content"]
        for intent in ("draft_request", "check_draft", "got_feedback")
    },
}
LOOKS = {
    "light": ("#ffffff", "#242424", "#f0f0f0"),
    "dark": ("#1f1f1f", "#ffffff", "#333333"),
}
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; font: 14px sans-serif; background: {back}; }} button {{ padding: 6px 12px; margin: 2px; }}
</style><div id="card"></div><pre id="result"></pre><script src="{renderer}"></script><script>
const card = new AdaptiveCards.AdaptiveCard();
card.hostConfig = new AdaptiveCards.HostConfig({{
  actions: {{ maxActions: 6, actionsOrientation: "vertical", actionAlignment: "left" }}, supportsInteractivity: true,
  containerStyles: {{
    default: {{ backgroundColor: "{back}", foregroundColors: {{ default: {{ default: "{ink}", subtle: "{ink}" }} }} }},
    emphasis: {{ backgroundColor: "{frame}", foregroundColors: {{ default: {{ default: "{ink}", subtle: "{ink}" }} }} }}
  }}
}});
const pressed = [], problems = [];
card.onExecuteAction = ({{ title, verb, data, url }}) => pressed.push({{ title, verb, data, url }});
const context = new AdaptiveCards.SerializationContext();
card.parse({card}, context);
for (let i = 0; i < context.eventCount; i++) problems.push(context.getEventAt(i).message);
const shown = card.render();
document.getElementById("card").appendChild(shown);
const count = selector => shown.querySelectorAll(selector).length;
const words = shown.innerText, links = count("a"), bold = count("strong, b");
const wide = document.documentElement.scrollWidth > window.innerWidth;
if (location.hash === "#press") {{
  shown.querySelectorAll("button").forEach(button => button.click());
  document.body.innerHTML = "<pre id='result'></pre>";
  document.getElementById("result").innerText = JSON.stringify({{ pressed, problems, words, links, bold, wide }});
}}
</script>"""


async def browse(page: Path, *arguments: str) -> str:
    assert CHROMIUM is not None, "it was looked for"
    process = await asyncio.create_subprocess_exec(
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 60)
    return said.decode()


def page_of(card: dict[str, Any], folder: Path, look: str = "light") -> Path:
    back, ink, frame = LOOKS[look]
    words = json.dumps(card).replace("</", "<\\/")
    page = folder / f"{look}.html"
    page.write_text(PAGE.format(back=back, ink=ink, frame=frame, renderer=RENDERER.as_uri(), card=words), "utf-8")
    return page


async def rendered(card: dict[str, Any], folder: Path, width: int = 600) -> dict[str, Any]:
    """What the renderer made of a card, and what came back when every button of it was pressed."""
    page = page_of(card, folder)
    dumped = await browse(page, "--dump-dom", f"--window-size={width},900", f"{page.as_uri()}#press")
    result = html.unescape(dumped.split('<pre id="result">')[1].split("</pre>")[0])
    return dict(json.loads(result))


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("width", [320, 1_000])
async def test_the_renderer_shows_every_word_and_has_nothing_to_say(name: str, width: int, tmp_path: Path) -> None:
    result = await rendered(CARDS[name], tmp_path, width)

    seen = "".join(result["words"].split())
    assert result["problems"] == []
    assert not result["wide"]
    assert all("".join(line.split()) in seen for line in words_of(CARDS[name]).split("\n"))
    assert all("".join(action["title"].split()) in seen for action in CARDS[name]["actions"])


async def test_nothing_in_a_text_becomes_a_link_or_bold(tmp_path: Path) -> None:
    result = await rendered(CARDS["draft"], tmp_path)

    assert (result["links"], result["bold"]) == (0, 0)


async def test_a_press_hands_back_its_choice_and_the_words_of_the_card(tmp_path: Path) -> None:
    result = await rendered(CARDS["draft"], tmp_path)
    sent, form = result["pressed"][0], result["pressed"][3]

    assert (sent["verb"], sent["data"]["question"], sent["data"]["choice"]) == ("choose", 3, "sent")
    assert json.loads(sent["data"][WORDS])[1][1].startswith("Dear Dana")
    assert form["data"]["msteams"] == {"type": "task/fetch"}


async def test_a_form_hands_back_its_fields(tmp_path: Path) -> None:
    card = CARDS["draft_request"]
    filled = {**card, "body": [{**one, **_filled(one)} for one in card["body"]]}

    result = await rendered(filled, tmp_path)

    data = result["pressed"][0]["data"]
    assert (data["company"], data["news_channel"], data["form"]) == ("Acme", "email", "draft_request")


@pytest.mark.skipif("CARD_PICTURES" not in os.environ, reason="nobody asked for pictures")
@pytest.mark.parametrize("name", CARDS)
async def test_pictures_are_taken_to_be_looked_at(name: str, tmp_path: Path) -> None:
    folder = Path(os.environ["CARD_PICTURES"])

    for look in LOOKS:
        for width in (320, 700):
            picture = folder / f"{name}-{look}-{width}.png"
            page = page_of(CARDS[name], tmp_path, look)
            await browse(page, f"--screenshot={picture}", f"--window-size={width},760", page.as_uri())
            assert picture.stat().st_size > 1_000


def _filled(element: dict[str, Any]) -> dict[str, str]:
    return (
        {"value": {"company": "Acme", "news_channel": "email"}.get(str(element.get("id")), "")}
        if "id" in element
        else {}
    )
