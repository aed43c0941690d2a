"""Small networks of times, drawn at random, and what a plain reading of design §3a says of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from explorer.chronology.facts import Fact, Timed
from explorer.model.times import DAY, day_of

DAYS = 3
NAMES = ("evt-a", "evt-b", "evt-c")
LINK_TYPES = (
    "before",
    "contains",
    "overlaps",
    "simultaneous",
    "causes",
    "enables",
    "part_of",
    "in_response_to",
)
BASES = ("stated", "inferred", "reference")

World = dict[str, tuple[int, int]]


def ordered(relation: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether "one RELATION two" holds, as design §3a has it."""
    (start, end), (other_start, other_end) = one, two
    return {
        "before": end <= other_start,
        "after": start >= other_end,
        "overlaps": start <= other_end and end >= other_start,
        "at": other_start <= start and end <= other_end,
        "part_of": other_start <= start and end <= other_end,
        "contains": start <= other_start and other_end <= end,
        "simultaneous": start == other_start and end == other_end,
        "causes": start <= other_start,
        "enables": start <= other_start,
        "in_response_to": other_start <= start,
    }[relation]


def founded(basis: str) -> dict[str, Any]:
    return (
        {"basis": basis, "citations": ["ref-1"]}
        if basis == "reference"
        else {"basis": basis, "evidence": ["sp-1"]}
    )


@st.composite
def dates(draw: st.DrawFn) -> str:
    """A date of one to three days, or an interval between two of them, perhaps with an unknown end."""
    first = draw(st.integers(0, DAYS - 1))
    last = draw(st.integers(first, DAYS - 1))
    one, two = day_of(first * DAY), day_of(last * DAY)
    return draw(st.sampled_from([one, f"[{one}..{two}]", f"{one}/{two}", f"{one}/", f"/{two}", f"{one}/.."]))


@st.composite
def times(draw: st.DrawFn, name: str, others: tuple[str, ...]) -> dict[str, Any] | None:
    time: dict[str, Any] = founded(draw(st.sampled_from(BASES)))
    if draw(st.booleans()):
        time["edtf"] = draw(dates())
    if draw(st.integers(0, 3)) == 0:
        time |= {"anchor": draw(st.sampled_from([other for other in others if other != name])),
                 "anchor_relation": draw(st.sampled_from(["before", "at", "after", "overlaps"]))}  # fmt: skip
    return time if "edtf" in time or "anchor" in time else None


@st.composite
def durations(draw: st.DrawFn) -> tuple[tuple[str, dict[str, Any]], ...]:
    if draw(st.integers(0, 3)):
        return ()
    number = draw(st.integers(1, 3))
    qualifier = draw(st.sampled_from(["at_least", "more_than", "at_most", "exactly"]))
    value = {"kind": "duration", "qualifier": qualifier, "low": number, "best": number, "unit": "days"}
    return (("quantities[0]", value | founded(draw(st.sampled_from(BASES)))),)


@st.composite
def networks(
    draw: st.DrawFn, *, silent: bool = False, lasting: bool = True
) -> tuple[list[Timed], list[dict[str, Any]]]:
    """Return records and links; silent: some events that nobody asserts, and a document that may lack a date."""
    names = (*NAMES, "doc-d")
    records = [
        Timed(
            name, "time", draw(times(name, names)), not (silent and draw(st.integers(0, 3)) == 0),
            draw(durations()) if lasting else (),
        )
        for name in NAMES
    ]  # fmt: skip
    published = draw(st.one_of(st.none(), dates())) if silent else draw(dates())
    records.append(
        Timed("doc-d", "published", None if published is None else {"edtf": published, **founded("stated")})
    )
    links = [
        {"id": f"lnk-{n}", "source": source, "target": target, "type": kind, **founded(basis)}
        for n, (source, target, kind, basis) in enumerate(
            draw(
                st.lists(
                    st.tuples(*[st.sampled_from(each) for each in (NAMES, NAMES, LINK_TYPES, BASES)]),
                    max_size=4,
                )
            )
        )
    ]
    return records, links


def holds(fact: Fact, world: World) -> bool:
    """Whether one fact holds in a world (record -> first and last second)."""
    from explorer.model.times import OPEN_FUTURE, parse_edtf

    start, end = world[fact.subject]
    if fact.kind == "duration":
        return (fact.low is None or end - start >= fact.low) and (
            fact.high is None or end - start <= fact.high
        )
    if fact.kind == "date":
        read = parse_edtf(fact.edtf)
        if read.kind == "interval":
            ended = read.end_max if read.end_min != OPEN_FUTURE else -1  # still going on: no end at all
            return read.start_min <= start <= read.start_max and read.end_min <= end <= ended
        return read.start_min <= start and end <= read.end_max
    return ordered(fact.relation, (start, end), world[fact.other])
