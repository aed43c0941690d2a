"""Every type and mode of the codebook is explained in one line with an example of our own."""

from __future__ import annotations

from explorer.model.codebook import MODES_OF, TYPES
from explorer.model.codeguide import MODE_GUIDE, TYPE_GUIDE, guide


def test_every_type_and_mode_has_a_meaning_and_an_example_of_its_own() -> None:
    assert set(TYPE_GUIDE) == set(TYPES)
    assert set(MODE_GUIDE) == {f"{code}/{mode}" for code, modes in MODES_OF.items() for mode in modes}
    examples = [example for _, example in (*TYPE_GUIDE.values(), *MODE_GUIDE.values())]
    assert len(set(examples)) == len(examples)


def test_a_mode_says_more_than_its_type_and_an_unknown_one_falls_back() -> None:
    assert guide("ASSAULT", "aerial") == MODE_GUIDE["ASSAULT/aerial"]
    assert guide("ASSAULT", "by hand") == TYPE_GUIDE["ASSAULT"]
    assert guide(None) == ("", "")
