"""Numbers as texts print them become ranges that say no more than the words do."""

import pytest

from explorer.edit.amounts import read_amount


@pytest.mark.parametrize(
    ("words", "kind", "qualifier", "numbers"),
    [
        ("at least 25 fatalities", "fatalities", "at_least", (25, None, None)),
        ("25 people were killed", "fatalities", "exactly", (25, 25, 25)),
        ("between 25 and 31 dead", "fatalities", "range", (25, None, 31)),
        ("25–31 dead", "fatalities", "range", (25, None, 31)),
        ("about 1,200 fighters", "forces", "about", (None, 1200, None)),
        ("nearly 3 million people displaced", "displaced", "about", (None, 3_000_000, None)),
        ("up to 20 arrested", "detained", "at_most", (None, None, 20)),
        ("fewer than ten wounded", "injured", "fewer_than", (None, None, 10)),
        ("no fewer than 40 bodies", "fatalities", "at_least", (40, None, None)),
        ("100+ killed", "fatalities", "at_least", (100, None, None)),
        ("three hundred and ten wounded", "injured", "exactly", (310, 310, 310)),
        ("killed 7 and wounded 12", "fatalities", "exactly", (7, 7, 7)),
        ("dozens of civilians", "other", "unspecified", (None, None, None)),
        ("casualties", "casualties", "unspecified", (None, None, None)),
        ("a man was killed", "fatalities", "unspecified", (None, None, None)),
    ],
)
def test_words_are_read_as_the_range_they_say(words: str, kind: str, qualifier: str, numbers: tuple) -> None:
    draft = read_amount(words)
    assert (draft.kind, draft.qualifier, (draft.low, draft.best, draft.high)) == (kind, qualifier, numbers)


@pytest.mark.parametrize(
    ("words", "qualifier", "low", "unit"),
    [("over a decade", "more_than", 10, "year"), ("three decades", "exactly", 30, "year"),
     ("two to three weeks", "range", 2, "week"), ("a year", "exactly", 1, "year")],
)  # fmt: skip
def test_durations_keep_their_unit(words: str, qualifier: str, low: float, unit: str) -> None:
    draft = read_amount(words)
    assert (draft.kind, draft.qualifier, draft.low, draft.unit) == ("duration", qualifier, low, unit)


def test_the_samples_own_phrases_are_read_as_its_coder_read_them(sample_json: dict) -> None:
    quotes = {span["id"]: span["quote"] for span in sample_json["spans"]}
    for event in sample_json["events"]:
        for quantity in event.get("quantities", ()):
            draft = read_amount(quotes[quantity["evidence"][0]])
            for name in ("kind", "qualifier", "low", "best", "high", "unit"):
                assert getattr(draft, name) == quantity.get(name), (quantity, name)
