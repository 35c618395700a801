"""The library: folders of dialogs and words in, an immutable library and catalog out, or every problem at once.

Shapes come before names: references are looked up only when every file reads well, paths and wording only when every
reference is found, and what is known when something is said only when it is worded, so that nobody is told what merely
follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.coach.rules import BadRuleError
from bot.compiler import rules as rules_files
from bot.compiler.building import build_library
from bot.compiler.bundles import unpack
from bot.compiler.catalogs import build_catalog
from bot.compiler.complete import check_complete, check_left_over
from bot.compiler.folders import Source, read_folders
from bot.compiler.helplines import check_country, check_replaced
from bot.compiler.operator import Operator
from bot.compiler.overlays import Written, lay
from bot.compiler.paths import check_paths
from bot.compiler.problems import BrokenLibraryError, Notes, Problem
from bot.compiler.references import check_references
from bot.compiler.sayable import check_sayable
from bot.compiler.starting import check_heard, check_starts, switch_off
from bot.compiler.wording import check_wording
from bot.content.catalog import Catalog
from bot.engine.model import Library, Skill

RulesByLanguage = Mapping[str, Mapping[str, Any]]
"""Plain data of the rules and blocks files, by language and file stem."""

SkillsFor = Callable[[RulesByLanguage], Mapping[str, Skill]]
"""Makes all skills, speaking the languages given."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What was made of the folders, and all their files; ``problems`` are warnings."""

    library: Library
    catalog: Catalog
    rules: RulesByLanguage
    operator: Operator
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...] = ()


def compile_folders(
    dialogs: Sequence[Path | str],
    content: Sequence[Path | str],
    skills_for: SkillsFor,
) -> Compiled:
    """Compile folders of dialogs and of words, later ones laid over earlier ones.

    Raises:
        BrokenLibraryError: there are problems; all that could be found are in it.
    """
    notes = Notes()
    return _compile(read_folders(dialogs, content, notes), skills_for, notes)


def compile_bundle(bundle: bytes, skills_for: SkillsFor) -> Compiled:
    """Compile what was packed of folders that may have changed since.

    Raises:
        BadBundleError: the bundle cannot be read.
        BrokenLibraryError: it means nothing to the program of today.
    """
    notes = Notes()
    return _compile(unpack(bundle, notes), skills_for, notes)


def _compile(sources: tuple[Source, ...], skills_for: SkillsFor, notes: Notes) -> Compiled:
    written = lay(sources, notes)
    _stop_if_broken(notes)
    rules = _plain_rules(written)
    skills = _skills(written, skills_for, rules, notes)
    check_references(written, skills, notes)
    check_starts(written, notes)
    switch_off(written, notes)
    _stop_if_broken(notes)
    check_paths(written, notes)
    check_wording(written, notes)
    check_complete(written, notes)
    _stop_if_broken(notes)
    assert skills is not None, "a skill that cannot be built is a problem"
    check_sayable(written, skills, notes)
    _stop_if_broken(notes)
    check_left_over(written, notes)
    check_heard(written, notes)
    check_replaced(sources, notes)
    check_country(written, notes)
    library, catalog = build_library(written, skills), build_catalog(written)
    return Compiled(library, catalog, rules, written.operator, sources, notes.all)


def _stop_if_broken(notes: Notes) -> None:
    if not notes.clean:
        raise BrokenLibraryError(notes.all)


def _plain_rules(written: Written) -> RulesByLanguage:
    """A file that two languages share is the same data for both."""
    nodes = {id(node): node for language in written.languages.values() for node in language.rules.values()}
    plain = {key: rules_files.plain(node) for key, node in nodes.items()}
    return {
        code: {stem: plain[id(node)] for stem, node in language.rules.items()}
        for code, language in written.languages.items()
    }


def _skills(
    written: Written,
    skills_for: SkillsFor,
    rules: RulesByLanguage,
    notes: Notes,
) -> Mapping[str, Skill] | None:
    """The skills, or ``None`` and a note where a rules file does not say what they need."""
    try:
        return skills_for(rules)
    except BadRuleError as fault:
        rules_files.point_at(fault, {code: language.rules for code, language in written.languages.items()}, notes)
        return None
