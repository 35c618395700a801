"""Every YAML file of the folders is read, in an order that anybody can foresee; what is not read is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.compiler.folders import MOST_FILES, Source, read_folders
from bot.compiler.problems import Notes


@pytest.fixture
def notes() -> Notes:
    return Notes()


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("key: value\n")
    return folder


def places(sources: tuple[Source, ...]) -> list[tuple[int, str, str, str]]:
    return [(source.layer, source.group, source.language, source.stem) for source in sources]


def test_files_come_by_name_and_later_folders_after_earlier_ones(tmp_path: Path, notes: Notes) -> None:
    shipped, own = put(tmp_path / "shipped", "b.yaml", "a.yaml"), put(tmp_path / "own", "a.yaml")

    read = read_folders([shipped, own], [], notes)

    assert places(read) == [(0, "dialogs", "", "a"), (0, "dialogs", "", "b"), (1, "dialogs", "", "a")]
    assert not notes.all


def test_words_rules_and_blocks_know_their_language(tmp_path: Path, notes: Notes) -> None:
    words = put(
        tmp_path, "operator.yaml", "en/help.yaml", "en/rules/areas.yaml", "en/blocks/draft.yaml", "de/help.yaml"
    )

    read = read_folders([], [words], notes)

    assert places(read) == [
        (0, "content", "", "operator"),
        (0, "content", "de", "help"),
        (0, "content", "en", "help"),
        (0, "rules", "en", "areas"),
        (0, "blocks", "en", "draft"),
    ]


def test_a_file_with_another_ending_is_named_if_it_was_surely_meant(tmp_path: Path, notes: Notes) -> None:
    folder = put(tmp_path, "help.yml", "notes.txt", ".hidden.yaml")

    assert read_folders([folder], [], notes) == ()
    assert [problem.message for problem in notes.all] == ["the file is not read; call it `help.yaml`."]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path, notes: Notes) -> None:
    assert read_folders([tmp_path / "nowhere"], [], notes) == ()
    assert [problem.message for problem in notes.all] == ["there is no such folder."]


def test_a_folder_with_too_many_files_is_not_read(tmp_path: Path, notes: Notes) -> None:
    folder = put(tmp_path, *(f"d{number}.yaml" for number in range(MOST_FILES + 1)))

    assert read_folders([folder], [], notes) == ()
    assert [problem.message for problem in notes.all] == ["the folder holds 1,001 files; at most 1,000 are read."]


def test_a_file_that_cannot_be_read_is_left_out_and_the_others_are_read(tmp_path: Path, notes: Notes) -> None:
    folder = put(tmp_path, "good.yaml", "broken.yaml")
    (folder / "broken.yaml").write_bytes(b"key: \xff\n")

    read = read_folders([folder], [], notes)

    assert [source.stem for source in read] == ["good"]
    assert len(notes.all) == 1


def test_a_path_is_shown_from_where_the_author_is(
    tmp_path: Path, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(put(tmp_path, "dialogs/help.yaml"))

    (source,) = read_folders([tmp_path / "dialogs"], [], notes)

    assert source.file.path == "dialogs/help.yaml"
