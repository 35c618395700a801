"""Parts of a language, and those that two languages share."""

from copy import deepcopy
from functools import cached_property
from typing import Any

import pytest

from bot.coach.craft import Craft
from bot.coach.knowledge import Knowledge
from bot.coach.parts import Parts
from tests.coach.shipped_rules import shipped_rules

ALL_PARTS = [
    (kind, name)
    for kind in (Knowledge, Craft)
    for name, part in vars(kind).items()
    if isinstance(part, cached_property)
]


class _Watched(dict[str, Any]):
    """Files that remember which of them were looked at."""

    def __init__(self) -> None:
        super().__init__(shipped_rules())
        self.touched: list[str] = []

    def __getitem__(self, stem: str) -> Any:
        self.touched.append(stem)
        return super().__getitem__(stem)


@pytest.mark.parametrize(("kind", "name"), ALL_PARTS)
def test_a_region_shares_a_part_unless_one_of_its_files_is_its_own(kind: type[Parts], name: str) -> None:
    files = _Watched()
    base = kind(files)
    part = getattr(base, name)

    assert files.touched
    assert getattr(kind(dict(files), base), name) is part
    for stem in set(files.touched):
        region = kind({**files, stem: deepcopy(files[stem])}, base)
        assert getattr(region, name) is not part, stem


def test_a_part_is_shared_over_two_steps() -> None:
    files = shipped_rules()
    languages = Knowledge.by_language({"en-US": {"pasted": deepcopy(files["pasted"])}, "en": files, "en-GB": {"x": {}}})

    assert languages["en-GB"].pasted is languages["en"].pasted
    assert languages["en-US"].pasted is not languages["en"].pasted
    assert languages["en-US"].openings is languages["en"].openings
