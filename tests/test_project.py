"""The project itself: what it pins, what it names, and what its code never does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.project import LOCKS, ROOT, dependencies, files, modules, pins

PURE = ("bot/engine", "bot/content", "bot/coach")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Written in two pieces, so that this file does not name them either.
PLACES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "file" + ":///",
    "/opt/" + "wheels",
    "/opt/" + "pypi",
    "/ro" + "ot/",
    "/tm" + "p/",
    "/Us" + "ers/",
    "/ho" + "me/",
    "/wo" + "rk/",
)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_packages_and_hashes_and_no_place_to_get_them_from(lock: Path) -> None:
    lines = [line.strip() for line in lock.read_text(encoding="utf-8").splitlines()]

    odd = [line for line in lines if not re.match(r"#|--hash=sha256:[0-9a-f]{64}( \\)?$|[\w.-]+==[^:@/]+ \\$", line)]

    assert odd == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_every_file_of_a_compiled_package(lock: Path) -> None:
    """A lock made from what lies on one machine's disk would lack the wheels of other systems."""
    for name in ("cryptography", "pyyaml", "sqlalchemy"):
        block = lock.read_text(encoding="utf-8").split(f"\n{name}==")[1].split("# via")[0]

        assert block.count("--hash=sha256:") > 20


def test_what_the_coach_runs_on_is_what_it_is_tested_on() -> None:
    run, dev = pins(ROOT / "requirements" / "run.txt"), pins(ROOT / "requirements" / "dev.txt")

    assert run.items() <= dev.items()


def test_the_locks_pin_all_that_is_declared() -> None:
    declared = dependencies()

    assert declared["core"] <= pins(ROOT / "requirements" / "run.txt").keys()
    assert declared["core"] | declared["dev"] <= pins(ROOT / "requirements" / "dev.txt").keys()


def test_the_coach_in_the_terminal_needs_no_platform_and_no_server() -> None:
    pinned = pins(ROOT / "requirements" / "run.txt").keys()

    assert pinned.isdisjoint({"aiohttp", "asyncpg", "botbuilder-core", "botframework-connector", "slack-bolt"})


def test_no_file_names_a_package_index_or_a_folder_of_somebodys_machine() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {place}"
        for path in files()
        for place in PLACES
        if "hostile" not in path.parts and place in path.read_text(encoding="utf-8", errors="replace")
    ]

    assert named == []


def test_ci_does_nothing_that_a_person_cannot_do() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]

    assert commands == ["make check", "make test"]


def test_make_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")

    declared = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    explained = re.findall(r"^([a-z]+):.*## \S", text, re.MULTILINE)

    assert declared
    assert sorted(explained) == sorted(declared.group(1).split())


def test_an_installed_copy_brings_its_dialogs_and_words(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=60)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path)

    check = subprocess.run(
        [sys.executable, "-m", "bot", "check"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )

    assert (check.returncode, check.stderr) == (0, "")


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        name
        for name, module in modules("bot")
        for node in ast.walk(module)
        if _last_name(node) in {"environ", "environb", "getenv"}
    }

    assert readers == {"bot/settings.py"}


def test_pure_code_reads_no_clock_and_opens_no_file() -> None:
    impure = [
        f"{name}:{node.lineno}: {_last_name(node.func)}"
        for name, module in modules(*PURE)
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and _last_name(node.func) in {"now", "today", "utcnow", "open", "input", "print", "eval", "exec", "__import__"}
    ]

    assert impure == []


def test_no_circle_is_broken_by_imports_for_types_alone() -> None:
    blocks = [
        name for name, module in modules("bot") for node in ast.walk(module) if _last_name(node) == "TYPE_CHECKING"
    ]

    assert blocks == []


def test_no_function_outgrows_a_reader() -> None:
    long = [
        f"{name}:{node.lineno}: {node.name} has {_length(node)} lines"
        for name, module in modules("bot", "benchmarks", "tests")
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_file_of_the_program_outgrows_a_reader() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "bot").rglob("*.py")
    }

    assert [name for name, length in lengths.items() if length > LONGEST_FILE] == []


def _last_name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
    return ""


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
