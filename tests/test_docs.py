"""The pages under docs/ hold against the project: links lead somewhere, lists are complete."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.compiler.drawing import svg
from bot.compiler.graph import picture
from tests.project import ROOT, dependencies
from tests.shipped import compiled

PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
DECISIONS = ROOT / "docs" / "decisions"
OPERATORS = ROOT / "docs" / "operators.md"
COVERAGE = ROOT / "docs" / "coverage-of-the-article.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    lost = [link for link in links if "://" not in link and not (page.parent / link).exists()]

    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    named = set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))

    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_benchmark_that_is_named_exists(page: Path) -> None:
    named = re.findall(r"python -m (benchmarks[.\w]*)", page.read_text(encoding="utf-8"))

    lost = [name for name in named if find_spec(name) is None]

    assert lost == []


def test_every_dependency_has_its_reason_and_nothing_else_has() -> None:
    sections = re.split(r"^## ", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[
        1:
    ]

    explained = {
        section.splitlines()[0]: {name.lower() for name in re.findall(r"^\| ([\w.-]+) \| \w", section, re.MULTILINE)}
        - {"package"}
        for section in sections
    }

    assert explained == dependencies()


def test_every_decision_is_listed_under_its_own_title() -> None:
    listed = re.findall(r"\| \[(\d{4})\]\(([^)]+)\) \| (.+) \|", (DECISIONS / "README.md").read_text(encoding="utf-8"))

    titles = {path.name: path.read_text(encoding="utf-8").splitlines()[0] for path in DECISIONS.glob("[0-9]*.md")}

    assert {name: f"# {number}: {title}" for number, name, title in listed} == titles


def test_every_setting_is_described() -> None:
    read = set(re.findall(r"AFTERWORD_[A-Z_]+[A-Z]", (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")))

    described = set(re.findall(r"^\| `(AFTERWORD_\w+)`", OPERATORS.read_text(encoding="utf-8"), re.MULTILINE))

    assert described == read


def test_every_command_is_described() -> None:
    described = re.findall(r"^\| `afterword (\w+)`", OPERATORS.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(described) == sorted(COMMANDS)


def test_every_test_that_the_page_of_faults_names_exists() -> None:
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs" / "faults.md").read_text(encoding="utf-8"))
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert named
    assert [name for name in named if not re.search(rf"def {name}\(", written)] == []


def test_the_page_of_faults_names_each_number_once_and_leaves_none_out() -> None:
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")

    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)]

    assert sorted(numbers) == list(range(1, 71))


def test_the_glossary_is_in_order_and_has_every_word_once() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

    words = re.findall(r"^\| ([a-z ]+) \| ", page, re.MULTILINE)[1:]

    assert words == sorted(set(words))


def test_the_developers_page_describes_every_package() -> None:
    page = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")

    packages = {f"bot/{path.parent.name}" for path in (ROOT / "bot").glob("*/__init__.py")}

    assert packages <= set(re.findall(r"^\| `(bot/\w+)`", page, re.MULTILINE))


def test_every_dialog_has_its_picture_as_it_is_today() -> None:
    drawn = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "dialogs").glob("*.svg")}

    today = {name: svg(picture(dialog, compiled().catalog)) for name, dialog in compiled().library.dialogs.items()}

    assert drawn.keys() == today.keys(), "run `make pictures`, and delete what is left over"
    assert [name for name in today if drawn[name].strip() != today[name].strip()] == [], "run `make pictures`"


def test_every_thought_of_the_article_has_a_place_and_every_place_exists() -> None:
    rows = re.findall(r"^\| ([A-Z].+) \| (.+) \|$", COVERAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = {place for _, places in rows for place in re.findall(r"`([^`]+)`", places)}
    messages = compiled().catalog.languages["en"].messages
    dialogs = compiled().library.dialogs

    states = {f"{name}: {state}" for name, dialog in dialogs.items() for state in dialog.states}

    assert [thought for thought, places in rows if "`" not in places] == []
    assert len(rows) > 20
    assert named <= {*states, *messages}
