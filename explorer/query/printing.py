"""What query prints besides JSON: a table for a terminal, and CSV for a spreadsheet (design §5)."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.casefile.columns import BASES, OPEN_FUTURE, OPEN_PAST, EventTable
from explorer.model.times import bounds_words, edtf_words
from explorer.query.describe import both, count_words, filter_words, left_out_words, may_words
from explorer.query.when import weakest_of, whence_words
from explorer.words import KIND_WORDS, MODALITY_WORDS, NOT_STATED, isolated, tr, type_words

if TYPE_CHECKING:
    from explorer.query.masks import Shown

Json = Mapping[str, Any]
#: A spreadsheet runs a cell that begins so (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Widest columns of the table in cells, and how many events are looked at to make them no wider than needed.
_WIDEST, _LOOKED_AT, _LONGEST_QUOTE = (28, 10, 30, 30, 24), 200, 400
_ROLES = ("actor", "recipient", "beneficiary", "party", "affected")

CSV_COLUMNS = (
    "id", "title", "kind", "type", "mode", "quad", "edtf", "earliest", "latest", "approx", "precision",
    "date_basis", "phrase", "why",
    *_ROLES, "places", "quantities", "according_to", "reported_as", "documents", "sentences", "quotes",
)  # fmt: skip


def csv_lines(events: Iterable[Json]) -> Iterator[str]:
    """Yield a header and a line for each event; an apostrophe makes formulas harmless."""
    yield _csv_line(CSV_COLUMNS)
    for event in events:
        yield _csv_line([safe_cell(value) for value in csv_row(event)])


def csv_row(event: Json) -> list[str]:
    """Return an event as the cells of CSV_COLUMNS; several values of a cell are joined by "; "."""
    time, claims, evidence = event["time"], event["claims"], event["evidence"]
    plain = [event["id"], event["title"], event["kind"], event["type"], event["mode"], event["quad"]]
    dates = [time[key] for key in ("edtf", "earliest", "latest", "approx", "precision", "basis")]
    dates += [time["phrase"], why_words(time)]
    people = [_joined(p["name"] for p in event["participants"] if p["role"] == role) for role in _ROLES]
    said = [
        _joined(place_words(place) for place in event["places"]),
        _joined(quantity_cell(quantity) for quantity in event["quantities"]),
        _joined(attribution_words(claim) for claim in claims),
        _joined(tr(MODALITY_WORDS[claim["modality"]]) for claim in claims),
        _joined(span["document"] for span in evidence),
        _joined(str(span["sentence"]) for span in evidence if span["sentence"] is not None),
        _joined(f"“{span['quote']}”" for span in evidence if span["quote"]),
    ]
    return [_cell(value) for value in (*plain, *dates, *people, *said)]


def why_words(time: Json) -> str:
    """Return the chain of facts behind each bound that is not open: "earliest: …; …. latest: …"."""
    names = {"start_min": tr("earliest"), "end_max": tr("latest"), "start_max": tr("begun by"),
             "end_min": tr("lasting until")}  # fmt: skip
    chains = time.get("because", {}).items()
    said = [f"{names[side]}: {'; '.join(fact['words'] for fact in chain)}" for side, chain in chains]
    return ". ".join(said)


def safe_cell(text: str) -> str:
    """Return text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def table_lines(shown: Shown, events: Iterable[Json]) -> Iterator[str]:
    """Yield what a reader at a terminal wants: counts in words, the filter, each event with its words."""
    yield clean(count_words(shown))
    yield clean(tr("Shown: {words}").format(words=filter_words(shown.filter, shown.table)))
    for words in (left_out_words(shown), may_words(shown)):
        if words:
            yield clean(words)
    if len(shown.may):
        yield _how_to_include(shown)
    row = partial(_table_row, table=shown.table, text_only=shown.filter.text_only)
    coming = iter(events)
    first = list(islice(coming, _LOOKED_AT))
    if not first:
        return
    head = [tr(word) for word in ("WHEN", "KIND", "WHO", "TO WHOM", "WHERE", "WHAT")]
    columns = list(zip(head, *(row(event) for event in first), strict=True))
    sizes = [min(max(map(cells, column)), limit) for column, limit in zip(columns, _WIDEST, strict=False)]
    yield ""
    yield _aligned(head, sizes)
    outside = False
    for event in chain(first, coming):
        yield _aligned(row(event), sizes)
        if dated := _dated_line(shown, event):
            yield f"    {clean(dated)}"
        yield from (f"    {line}" for line in quote_lines(event))
        outside = outside or event["time"]["basis"] == "reference"
    if outside:
        yield ""
        yield tr("* dated from outside the report")


def _dated_line(shown: Shown, event: Json) -> str:
    """Return what an event's dates rest on, and the words that they were read from; "" where it has neither."""
    times = shown.table.times(text_only=shown.filter.text_only)
    whence = whence_words(times, np.array([shown.table.row_of[event["id"]]]))[0]
    phrase = event["time"]["phrase"]
    said = [tr("dates: {whence}").format(whence=whence)] if whence else []
    said += [tr("when: “{phrase}”").format(phrase=isolated(phrase))] if phrase else []
    return "; ".join(said)


def _how_to_include(shown: Shown) -> str:
    """Return which option lets in what only want of certainty leaves out."""
    ways = (
        [tr("add --possible-places")]
        if shown.filter.places.include and not shown.filter.possible_places
        else []
    )
    ways += [tr("leave --certain out")] if shown.filter.time_certain else []
    return tr("To let them in, {ways}.").format(ways=both(ways))


def quote_lines(event: Json) -> Iterator[str]:
    """Yield the words that each claim of an event cites, once each, with document and sentence number."""
    seen = set()
    for claim in event["claims"]:
        for span in claim["evidence"]:
            key = (span["document"], span["start"], span["quote"])
            if key not in seen:
                seen.add(key)
                yield clean(_quote_line(span))


def _quote_line(span: Json) -> str:
    if span["quote"] is None:
        return tr("{document}, as a whole").format(document=span["document"])
    quote = span["quote"] if len(span["quote"]) <= _LONGEST_QUOTE else span["quote"][:_LONGEST_QUOTE] + "…"
    if span["sentence"] is None:
        return tr("“{quote}” {document}").format(quote=isolated(quote), document=span["document"])
    return tr("“{quote}” {document}, sentence {n}").format(
        quote=isolated(quote), document=span["document"], n=span["sentence"]
    )


def _aligned(row: Sequence[str], sizes: Sequence[int]) -> str:
    """Return a row in columns of the given sizes; the last column takes what it needs."""
    parts = [_fitted(value, size) for value, size in zip(row, sizes, strict=False)]
    return "  ".join([*parts, isolated(row[-1])]).rstrip()


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide letters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) or unicodedata.category(c) == "Cf"
        else 2 if unicodedata.east_asian_width(c) in {"W", "F"}
        else 1
        for c in text
    )  # fmt: skip


def clean(text: str) -> str:
    """Return text on one line, without the control characters that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(" " if c in "\n\t\r" else "\ufffd" if unicodedata.category(c) == "Cc" else c for c in text)


def when_words(table: EventTable, row: int, edtf: str | None, *, text_only: bool) -> str:
    """Return when, as printed in a table: the value's own words, else its bounds; * marks dates from outside."""
    times = table.times(text_only=text_only)
    first, last = int(times.start_min[row]), int(times.end_max[row])
    approx = [bool(flag) for flag in times.approx[row]]
    begun, lasting = int(times.start_max[row]), int(times.end_min[row])
    if edtf:
        words = edtf_words(edtf)
    elif first == OPEN_PAST and last == OPEN_FUTURE and begun < OPEN_FUTURE and lasting > OPEN_PAST:
        inner = bounds_words(
            min(begun, lasting), max(begun, lasting), approx_start=approx[1], approx_end=approx[2]
        )
        words = tr("going on {date}").format(date=inner)
    else:
        words = bounds_words(first, last, approx_start=approx[0], approx_end=approx[3])
    weakest = int(weakest_of(times, [row])[0])
    return f"{words} *" if weakest == BASES.index("reference") else words


def place_words(place: Json) -> str:
    """Return a place with its role where it is not simply where."""
    roles = {"from": tr("from {name}"), "via": tr("through {name}"), "to": tr("to {name}")}
    return roles.get(place["role"], "{name}").replace("{name}", place["name"])


def quantity_cell(quantity: Json) -> str:
    """Return a number as data: "fatalities at_least 25 (Civilians)"."""
    low, best, high = quantity["low"], quantity["best"], quantity["high"]
    number = (
        "–".join(str(v) for v in dict.fromkeys(v for v in (low, best, high) if v is not None)) or NOT_STATED
    )
    qualifier = "" if quantity["qualifier"] in {"exactly", "range", "unspecified"} else quantity["qualifier"]
    of = f"({quantity['name']})" if quantity["name"] else ""
    return " ".join(
        part for part in (quantity["kind"], qualifier, number, quantity["unit"] or "", of) if part
    )


def attribution_words(claim: Json) -> str:
    """Return who says so: an actor's name, else the text's words, else that nobody is named."""
    attribution = claim["attribution"] or {}
    return attribution.get("name") or attribution.get("text") or tr("no source named")


def _table_row(event: Json, table: EventTable, text_only: bool) -> list[str]:
    people = event["participants"]
    unnamed = tr(NOT_STATED)

    def names(role: str) -> list[str]:
        kinds, of = table.actors.kinds, table.actor_of
        chosen = [p for p in people if p["role"] == role]
        return [unnamed if kinds[of[p["actor"]]] == "unidentified" else p["name"] for p in chosen]

    whom = names("recipient")
    for role, words in (("beneficiary", tr("for {names}")), ("affected", tr("affects {names}"))):
        named = [name for name in names(role) if name != unnamed]
        whom += [words.format(names=", ".join(named))] if named else []
    where = ", ".join(place_words(place) for place in event["places"]) or unnamed
    when = when_words(table, table.row_of[event["id"]], event["time"]["edtf"], text_only=text_only)
    what = f"{event['title']} [{type_words(event['type'], event['mode'])}]"
    who = ", ".join(names("actor") + names("party")) or unnamed
    row = [when, tr(KIND_WORDS[event["kind"]]), who, ", ".join(whom) or unnamed, where, what]
    return [clean(value) for value in row]


def _fitted(text: str, size: int) -> str:
    shortened = text
    while cells(shortened) > size:
        shortened = shortened[:-2].rstrip() + "…"
    return isolated(shortened) + " " * (size - cells(shortened))


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(values))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv_line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def json_lines(head: Json, events: Iterable[Json]) -> Iterator[str]:
    """Yield one JSON document line by line, so that a large case is never held as text."""
    text = json.dumps({**head, "events": []}, ensure_ascii=False, indent=1)
    yield text.removesuffix("[]\n}") + "["
    previous = ""
    for event in events:
        if previous:
            yield previous + ","
        previous = "  " + json.dumps(event, ensure_ascii=False)
    if previous:
        yield previous
    yield " ]"
    yield "}"


def outline(told: Json, indent: str = "") -> Iterator[str]:
    """Yield nested plain data as indented lines: "key: value", lists one item a line."""
    for key, value in told.items():
        label = clean(str(key)).replace("_", " ")
        if isinstance(value, Mapping):
            yield f"{indent}{label}:"
            yield from outline(value, indent + "  ")
        elif isinstance(value, list | tuple):
            yield f"{indent}{label}:" + ("" if value else f" {tr('none')}")
            yield from _outlined(value, indent + "  ")
        else:
            yield f"{indent}{label}: {tr(NOT_STATED) if value is None else clean(_cell(value))}"


def _outlined(values: Iterable[object], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *rest = [*outline(value)] or [""]
            yield f"{indent}- {first}"
            yield from (f"{indent}  {line}" for line in rest)
        else:
            yield f"{indent}- {clean(_cell(value))}"
