"""Names are completed over all that a record is called; the nearest comes first."""

from __future__ import annotations

import pytest

from explorer.query.completing import Named, bare, complete

ACTORS = (
    Named("act-government", "Syrian government", ("Assad’s regime", "the Assad regime")),
    Named("act-assad", "Bashar al-Assad", ("President Assad", "Assad")),
    Named("act-forces", "Syrian government forces", ("Assad’s troops", "Syrian jets")),
    Named("act-iran", "Iran", ("Iranian regime",)),
    Named("act-militias", "Iran-backed militias"),
    Named("act-red", "الهلال الأحمر", ("Red Crescent",)),
)


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("Assad", "act-assad"),
        ("the Iranian regime", "act-iran"),
        ("syrian jets", "act-forces"),
        ("Assad's troops", "act-forces"),
        ("Assad’s", "act-assad"),
        ("Iran-backed", "act-militias"),
        ("Irna", "act-iran"),
        ("الهلال", "act-red"),
        ("militias", "act-militias"),
    ],
)
def test_the_best_match_comes_first_over_names_and_aliases(words: str, best: str) -> None:
    assert complete(ACTORS, words)[0].named.id == best


def test_a_record_comes_once_by_the_name_that_fits_best() -> None:
    found = [each for each in complete(ACTORS, "Assad") if each.named.id == "act-assad"]
    assert [(each.matched, each.score) for each in found] == [("Assad", 100.0)]


def test_what_nothing_is_called_is_not_sure() -> None:
    assert not any(each.sure for each in complete(ACTORS, "Hezbollah"))
    assert complete(ACTORS, "Assad")[0].sure


def test_nothing_typed_offers_all_in_order() -> None:
    assert [each.named.id for each in complete(ACTORS, "  ", limit=2)] == ["act-government", "act-assad"]


def test_articles_and_possessives_make_no_difference() -> None:
    assert bare("The  Kremlin’s") == bare("kremlin") == "kremlin"
    assert bare("the") == "the"
