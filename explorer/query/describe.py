"""A filter and what it shows in plain words: chips, counts by kind, what may be included (design §3a, §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.casefile.columns import KINDS, EventTable
from explorer.frozen import frozen
from explorer.query.filters import FACETS, NOT_STATED, Choice, Filter
from explorer.query.names import ancestry, either
from explorer.words import (
    BASIS_WORDS,
    FACET_WORDS,
    KIND_COUNT_WORDS,
    KIND_WORDS,
    MODALITY_WORDS,
    PRECISION_WORDS,
    QUAD_WORDS,
    SOURCES_WORDS,
    STATUS_WORDS,
    isolated,
    tr,
    type_words,
)

if TYPE_CHECKING:
    from explorer.query.masks import Shown

#: Facets whose few codes share one chip ("Kind: Happened, Ongoing"); the others have a chip for each value.
GROUPED = ("kinds", "basis", "precision", "reported_as", "sources", "status", "quads")
_CODES: Mapping[str, Mapping[str, str]] = {
    "kinds": KIND_WORDS,
    "quads": QUAD_WORDS,
    "basis": BASIS_WORDS,
    "precision": PRECISION_WORDS,
    "reported_as": MODALITY_WORDS,
    "sources": SOURCES_WORDS,
    "status": STATUS_WORDS,
}
_MOST_NAMES = 3


@frozen
class Chip:
    """One condition in words.

    facet: a field of Filter; value: one value of it, "" = all that it includes (or excludes). without() takes
    the condition away again.
    """

    facet: str
    value: str
    text: str
    excluded: bool = False


def value_words(facet: str, value: str, table: EventTable) -> str:
    """Return one value of a facet as it is printed: a name, a title, plain words for a code."""
    if value == NOT_STATED:
        return tr("(not stated)")
    if facet in _CODES:
        return tr(_CODES[facet].get(value, value))
    if facet == "types":
        kind, _, mode = value.partition("/")
        return type_words(kind, mode or None)
    return isolated(_name(facet, value, table))


def chips(wanted: Filter, table: EventTable) -> list[Chip]:
    """Return every condition of the filter, in the order of the filter panel."""
    found: list[Chip] = []
    for facet in FACETS:
        choice = wanted.choice(facet)
        found += _chips_of(facet, choice.include, False, wanted, table)
        found += _chips_of(facet, choice.exclude, True, wanted, table)
    return found + _time_chips(wanted) + _other_chips(wanted)


def without(wanted: Filter, chip: Chip) -> Filter:
    """Return the filter without the condition that a chip names."""
    if chip.facet in FACETS:
        side = "exclude" if chip.excluded else "include"
        choice = wanted.choice(chip.facet)
        kept = tuple(v for v in getattr(choice, side) if chip.value and v != chip.value)
        return wanted.with_choice(chip.facet, choice.changed({side: kept}))
    if chip.facet == "time":
        return wanted.changed({"time_from": None, "time_to": None, "time_certain": False, "undated": False})
    return wanted.changed({chip.facet: getattr(Filter(), chip.facet)})


def filter_words(wanted: Filter, table: EventTable) -> str:
    """Return the whole filter in one line; "all records" where it lets everything through."""
    return " · ".join(chip.text for chip in chips(wanted, table)) or tr("all records")


def count_words(shown: Shown) -> str:
    """Return what is shown, by kind: "2 events, 2 background statements and 1 expectation of 25 records"."""
    parts = kind_words(shown.kind_counts)
    total = plural(shown.total, "{n} record", "{n} records")
    if not parts:
        return tr("none of {total}").format(total=total)
    glue = (
        tr("{parts}, of {total}")
        if shown.kind_counts.get("ongoing") and _ends_ongoing(shown)
        else tr("{parts} of {total}")
    )
    return glue.format(parts=both(parts), total=total)


def left_out_words(shown: Shown) -> str:
    """Return what is not shown, by kind, and the dates that need more than the text; "" where nothing is."""
    rest = np.bincount(shown.table.kind[~shown.mask], minlength=len(KINDS))
    parts = kind_words({kind: int(count) for kind, count in zip(KINDS, rest, strict=True)})
    said = [tr("{parts} left out").format(parts=both(parts))] if parts else []
    if shown.undated_left_out:
        said.append(plural(shown.undated_left_out, "{n} of them has no date", "{n} of them have no date"))
    outside = int((shown.mask & ~shown.table.time.undated & shown.table.text_time.undated).sum())
    if outside and shown.filter.text_only:
        said.append(plural(outside, "{n} date from outside left out", "{n} dates from outside left out"))
    elif outside:
        said.append(tr("{n} dated only from outside the report").format(n=outside))
    return " · ".join(said)


def may_words(shown: Shown) -> str | None:
    """Return what may be included though nothing says so for certain, with titles; None where nothing may."""
    rows = np.asarray(shown.may)
    if not len(rows):
        return None
    titles = [isolated(title) for title in shown.table.titles(rows[:_MOST_NAMES])]
    names = "; ".join(titles) + ("; …" if len(rows) > _MOST_NAMES else "")
    if shown.count:
        said = plural(len(rows), "{n} more may be included: {names}", "{n} more may be included: {names}")
        return said.replace("{names}", names)
    may = plural(len(rows), "{n} may include it: {names}", "{n} may include it: {names}").replace(
        "{names}", names
    )
    return f"{_nothing_certain(shown.filter, shown.table)} {may}"


def kind_words(counts: Mapping[str, int]) -> list[str]:
    """Return the counts above zero, each with the right word: ["2 events", "1 expectation"]."""
    return [plural(counts[kind], *KIND_COUNT_WORDS[kind]) for kind in KINDS if counts.get(kind)]


def both(parts: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{parts} and {last}").format(parts=", ".join(parts[:-1]), last=parts[-1])


def plural(count: int, one: str, many: str) -> str:
    """Return the form that fits the count with its {n} filled in; other placeholders stay."""
    return tr(one if count == 1 else many).replace("{n}", f"{count:,}" if count >= 10_000 else str(count))


def _ends_ongoing(shown: Shown) -> bool:
    return not any(shown.kind_counts.get(kind) for kind in ("situation", "expected"))


def _name(facet: str, value: str, table: EventTable) -> str:
    if facet == "actors" and value in table.actor_of:
        return table.actors.names[table.actor_of[value]]
    if facet == "places" and value in table.location_of:
        return place_name(table, table.location_of[value])
    if facet == "documents" and value in table.document_of:
        return table.documents.titles[table.document_of[value]]
    return value


def place_name(table: EventTable, index: int) -> str:
    """Return a place's name, with what contains it where another place bears the same name."""
    names = table.locations.names
    above = ancestry(table, index)[1:2]
    if above and names.count(names[index]) > 1:
        return f"{names[index]}, {names[above[0]]}"
    return names[index]


def _chips_of(
    facet: str, values: Sequence[str], excluded: bool, wanted: Filter, table: EventTable
) -> list[Chip]:
    if not values:
        return []
    label = _label(facet, wanted)
    if excluded:
        label = tr("{label}, not").format(label=label)
    words = [value_words(facet, value, table) for value in values]
    if facet in GROUPED:
        return [Chip(facet, "", f"{label}: {', '.join(words)}", excluded)]
    return [Chip(facet, v, f"{label}: {text}", excluded) for v, text in zip(values, words, strict=True)]


def _label(facet: str, wanted: Filter) -> str:
    label = tr(FACET_WORDS[facet])
    notes = []
    if facet == "actors" and wanted.actor_role != "any":
        notes.append(tr("did it") if wanted.actor_role == "actor" else tr("target"))
    if facet == "places":
        if wanted.place_role != "any":
            from explorer.words import PLACE_ROLE_WORDS

            notes.append(tr(PLACE_ROLE_WORDS[wanted.place_role]))
        if wanted.possible_places:
            notes.append(tr("possible too"))
    choice = wanted.choice(facet)
    if choice.match == "all" and len(choice.include) > 1:
        notes.append(tr("all of them"))
    return f"{label} ({', '.join(notes)})" if notes else label


def time_words(wanted: Filter) -> str:
    """Return the time condition as "2015 – 2016", "from 2015" or "until 2016"; "" without one."""
    from explorer.model.times import edtf_words

    first = edtf_words(wanted.time_from) if wanted.time_from else ""
    last = edtf_words(wanted.time_to) if wanted.time_to else ""
    if first and last:
        return first if first == last else f"{first} – {last}"
    if first:
        return tr("from {date}").format(date=first)
    return tr("until {date}").format(date=last) if last else ""


def _time_chips(wanted: Filter) -> list[Chip]:
    words = time_words(wanted)
    if not words:
        return []
    how = tr("certainly inside") if wanted.time_certain else tr("possibly inside")
    extra = tr(", undated too") if wanted.undated else ""
    return [Chip("time", "", tr("When: {words} ({how}{extra})").format(words=words, how=how, extra=extra))]


def _other_chips(wanted: Filter) -> list[Chip]:
    found = []
    if wanted.text.strip():
        found.append(Chip("text", "", tr("Words: {text}").format(text=isolated(wanted.text.strip()))))
    if wanted.text_only:
        found.append(Chip("text_only", "", tr("Only what the report says")))
    return found


def _nothing_certain(wanted: Filter, table: EventTable) -> str:
    """Return "No record says that Russia acted in Aleppo." for what the filter asks."""

    def names(facet: str) -> str:
        choice: Choice = wanted.choice(facet)
        every = [value_words(facet, value, table) for value in choice.include]
        return both(every) if choice.match == "all" else either(every)

    who, where, when = names("actors"), names("places"), time_words(wanted)
    verb = {"any": tr("acted"), "actor": tr("acted"), "recipient": tr("was the target")}[wanted.actor_role]
    said = [tr("{who} {verb}").format(who=who, verb=verb)] if who else [tr("anything happened")]
    if where:
        said.append(tr("in {where}").format(where=where))
    if when and wanted.time_certain:
        both_ends = wanted.time_from and wanted.time_to
        said.append(tr("within {when}" if both_ends else "certainly {when}").format(when=when))
    return tr("No record says that {what}.").format(what=" ".join(said))
