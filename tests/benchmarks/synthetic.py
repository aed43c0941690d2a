"""Random events for measuring, the same for a seed everywhere: bursts, intervals, lanes by Zipf's law (design §6).

table(rows) makes columns alone (10^4 to 10^7), case_file(path, rows) a case file whose every fact leads to a sentence
(up to 10^6): one document of one sentence a row, as a dataset gives. To keep one:
python tests/benchmarks/synthetic.py ROWS FILE
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from explorer.casefile import columns as c
from explorer.casefile.folding import folded
from explorer.casefile.schema import ENTRY_KINDS, LIST_CODES
from explorer.casefile.store import CaseFile
from explorer.casefile.texts import Texts
from explorer.model.records import CaseHeader

YEAR, DAY = 31_556_952, 86_400
ACTORS, PLACES, TAGS, SAYERS = 2_000, 5_000, 40, 500
ASSAULT = c.EVENT_TYPES.index("ASSAULT")


def zipf(draw: np.random.Generator, size: int, count: int) -> np.ndarray:
    """Return count keys below size, the low ones often."""
    weights = 1 / np.arange(1, size + 1)
    return draw.choice(size, count, p=weights / weights.sum()).astype(np.int32)


def offsets_of(lengths: np.ndarray) -> np.ndarray:
    """Return where the values of each row begin, and where the last end."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))


def spans_of_time(draw: np.random.Generator, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (start, length, undated): 30 years; 40 % in 200 bursts, 40 % intervals, 5 % undated."""
    start = draw.integers(0, 30 * YEAR, rows)
    burst = draw.random(rows) < 0.4
    start[burst] = draw.integers(0, 30 * YEAR, 200)[draw.integers(0, 200, burst.sum())]
    length = np.where(draw.random(rows) < 0.4, draw.integers(DAY, 60 * DAY, rows), DAY - 1)
    return start, length, draw.random(rows) < 0.05


def times_of(draw: np.random.Generator, rows: int) -> c.TimeColumns:
    """Return the bounds of random times."""
    start, length, undated = spans_of_time(draw, rows)
    low, high = np.where(undated, c.OPEN_PAST, start), np.where(undated, c.OPEN_FUTURE, start + length)
    inner_high = np.where(undated, c.OPEN_FUTURE, start + DAY - 1)
    inner_low = np.where(undated, c.OPEN_PAST, start + length - DAY + 1)
    basis = np.repeat(np.where(undated, 0, draw.integers(1, 4, rows))[:, None], 4, axis=1).astype(np.uint8)
    precision = np.where(undated, 0, draw.integers(1, 8, rows)).astype(np.uint8)
    no = np.zeros((rows, 4), np.bool_)
    return c.TimeColumns(low, inner_high, inner_low, high, basis, no, precision, no, np.zeros(rows, np.bool_))


def quantities_of(draw: np.random.Generator, rows: int) -> c.Quantities:
    """Return one number of dead for every third event, a quarter of them "at least"."""
    number = (draw.random(rows) < 0.33).astype(np.int64)
    count = int(number.sum())
    low = draw.integers(1, 60, count).astype(np.float64)
    open_above = draw.random(count) < 0.25
    best, high = np.where(open_above, np.nan, low + 2), np.where(open_above, np.nan, low + 9)
    said = (c.QUALIFIERS.index("at_least"), c.QUALIFIERS.index("range"))
    kind = np.full(count, c.QUANTITY_KINDS.index("fatalities"), np.uint8)
    return c.Quantities(
        offsets_of(number), kind, np.where(open_above, *said).astype(np.uint8), low, best, high,
        np.full(count, -1, np.int32), np.full(count, 3, np.uint8),
    )  # fmt: skip


def numbered(prefix: str, count: int) -> Texts:
    """Return count ids, made without a loop over them."""
    width = len(str(max(count - 1, 0)))
    digits = np.arange(count)[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10 + ord("0")
    head = np.tile(np.frombuffer(prefix.encode(), np.uint8), (count, 1))
    data = np.concatenate((head, digits.astype(np.uint8)), axis=1)
    return Texts(data.tobytes(), np.arange(count + 1, dtype=np.int64) * data.shape[1])


def actors_of(draw: np.random.Generator) -> c.ActorColumns:
    """Return 2,000 actors, half of them parts of the 200 first."""
    ids = tuple(numbered("act-", ACTORS))
    whole = np.stack((np.arange(1_000, ACTORS), draw.integers(0, 200, ACTORS - 1_000)), axis=1)
    return c.ActorColumns(
        ids, tuple(f"Group {i}" for i in range(ACTORS)), ((),) * ACTORS, ("other",) * ACTORS, ("",) * ACTORS,
        whole.astype(np.int32), np.full(len(whole), 3, np.uint8), np.empty((0, 2), np.int32), np.empty(0, np.uint8),
    )  # fmt: skip


def places_of(draw: np.random.Generator) -> c.LocationColumns:
    """Return 5,000 places, all but 50 of them inside one of the 50."""
    parent = np.where(np.arange(PLACES) < 50, -1, draw.integers(0, 50, PLACES)).astype(np.int32)
    names = tuple(f"Town {i}" for i in range(PLACES))
    ids = tuple(numbered("loc-", PLACES))
    return c.LocationColumns(
        ids, names, ((),) * PLACES, ("place",) * PLACES, parent, np.zeros(PLACES, np.bool_)
    )


def table(rows: int, seed: int = 1) -> c.EventTable:
    """Return a table of random events: 1-4 actors, a place in a hierarchy, one document and one claim each."""
    draw = np.random.default_rng(seed)
    acting = draw.integers(1, 5, rows)
    parts = int(acting.sum())
    one = np.arange(rows + 1, dtype=np.int64)
    times, documents, tagged = times_of(draw, rows), max(rows // 20, 1), draw.integers(0, 2, rows)
    none, bare, never = np.empty(0, np.int32), np.empty(0, np.uint8), np.empty(0, np.bool_)
    no_claims = c.Claims(np.zeros(1, np.int64), none, bare, none)
    types = zipf(draw, len(c.EVENT_TYPES), rows).astype(np.uint8)
    titles = numbered("Event ", rows)

    def codes(top: int) -> np.ndarray:
        return draw.integers(0, top, rows).astype(np.uint8)

    return c.EventTable(
        version=1, ids=numbered("evt-", rows), time=times, text_time=times, kind=codes(4), type=types,
        mode=np.where(types == ASSAULT, draw.integers(0, 6, rows), 0).astype(np.int32),
        modes=("", "aerial", "drone", "explosives", "firearms", "torture"), hue=codes(6), status=codes(3),
        sources=codes(3), source_count=np.ones(rows, np.int32), hollow=draw.random(rows) < 0.1,
        container=np.zeros(rows, np.bool_), aggregate=np.zeros(rows, np.bool_),
        anchor_document=np.full(rows, -1, np.int32), anchor_relation=np.zeros(rows, np.uint8),
        participations=c.Participations(
            offsets_of(acting), zipf(draw, ACTORS, parts), draw.integers(0, 5, parts).astype(np.uint8),
            np.full(parts, 3, np.uint8),
        ),
        places=c.Places(one, zipf(draw, PLACES, rows), codes(4), np.full(rows, 3, np.uint8), codes(8)),
        quantities=quantities_of(draw, rows),
        claims=c.Claims(
            one, draw.integers(0, documents, rows).astype(np.int32), codes(5),
            draw.integers(-1, SAYERS, rows).astype(np.int32),
        ),
        value_attributions=c.Labels(np.zeros(rows + 1, np.int64), none),
        tags=c.Labels(offsets_of(tagged), draw.integers(0, TAGS, int(tagged.sum())).astype(np.int32)),
        tag_names=tuple(f"tag {i}" for i in range(TAGS)), attributions=tuple(f"source {i}" for i in range(SAYERS)),
        actors=actors_of(draw), locations=places_of(draw),
        documents=c.DocumentColumns(
            numbered("doc-", documents), numbered("Report ", documents),
            tuple(f"publisher {i % 300}" for i in range(documents)), ("",) * documents,
        ),
        relations=c.RelationColumns((), none, none, bare, bare, bare, never, never, (), no_claims),
        links=c.LinkColumns((), none, none, bare, bare, bare),
        titles=lambda wanted: titles.take(np.asarray(wanted)),
    )  # fmt: skip


# -- a case file ----------------------------------------------------------------------------------------------

HEADER = CaseHeader(
    format_version="1.0", id="case-synthetic", title="Synthetic", created="2026-01-01T00:00:00Z",
    modified="2026-01-01T00:00:00Z",
)  # fmt: skip
VERBS = ("attacked", "shelled", "met", "blamed", "captured", "left", "helped", "warned")
ROLES = ("actor", "recipient", "party", "party")
BATCH = 5_000


def case_file(path: Path, rows: int, seed: int = 1) -> None:
    """Write a case of rows random events, with its evidence and its index of words, by plain SQL."""
    draw = np.random.default_rng(seed)
    with CaseFile.create(path, HEADER) as case, case._database.transaction() as connection:
        connection.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (2**25,))
        entry = 1
        for name, bodies in (("actors", actor_bodies()), ("locations", place_bodies(draw))):
            put(connection, name, 1, bodies)
            kind = "actor" if name == "actors" else "place"
            entry = index(connection, entry, kind, 1, [(None, body["name"]) for body in bodies])
        for first in range(0, rows, BATCH):
            entry = put_rows(connection, draw, first, min(BATCH, rows - first), entry)
        connection.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (2**20,))
        connection.execute("UPDATE header SET version = version + 1")


def actor_bodies() -> list[dict[str, Any]]:
    return [{"id": i, "name": f"Group {n}", "kind": "other"} for n, i in enumerate(numbered("act-", ACTORS))]


def place_bodies(draw: np.random.Generator) -> list[dict[str, Any]]:
    ids, parents = numbered("loc-", PLACES), places_of(draw).parent.tolist()
    return [
        {"id": ids[i], "name": f"Town {i}", "kind": "place", **({"part_of": ids[p]} if p >= 0 else {})}
        for i, p in enumerate(parents)
    ]


def put(connection: Any, name: str, key: int, bodies: list[Any]) -> None:
    """Write the bodies of a list, as text or as dicts, from a key on."""
    from json import dumps

    texts = [body if isinstance(body, str) else dumps(body, separators=(",", ":")) for body in bodies]
    connection.executemany(
        f'INSERT INTO "{name}" (key, id, body, sha256) VALUES (?, ?, ?, ?)',
        ((key + n, text[7 : text.index('"', 7)], text, sha(text)) for n, text in enumerate(texts)),
    )


def sha(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def index(connection: Any, entry: int, kind: str, key: int, texts: list[tuple[int | None, str]]) -> int:
    """Write texts into the index of words for records from a key on; return the next entry."""
    code = ENTRY_KINDS.index(kind)
    connection.executemany(
        "INSERT INTO entries (key, kind, record, number) VALUES (?, ?, ?, ?)",
        ((entry + n, code, key + n, number) for n, (number, _) in enumerate(texts)),
    )
    connection.executemany(
        "INSERT INTO words (rowid, text) VALUES (?, ?)",
        ((entry + n, folded(text)) for n, (_, text) in enumerate(texts)),
    )
    return entry + len(texts)


def put_rows(connection: Any, draw: np.random.Generator, first: int, count: int, entry: int) -> int:
    """Write count events, each with its document, its sentence and its span."""
    titles, sentences, documents, spans, events, cited = [], [], [], [], [], []
    for n, row in enumerate(random_rows(draw, count)):
        number, text = f"{first + n:07d}", row["sentence"]
        titles.append((None, row["title"]))
        sentences.append((0, text))
        documents.append(
            f'{{"id":"doc-{number}","kind":"dataset_row","title":"Row {number}","publisher":"{row["publisher"]}",'
            f'"text":"{text}","text_sha256":"{sha(text).hex()}","sentences":[{{"start":0,"end":{len(text)}}}]}}'
        )
        spans.append(
            f'{{"id":"sp-{number}","document":"doc-{number}","start":0,"end":{len(text)},"quote":"{text}"}}'
        )
        said = f'"evidence":["sp-{number}"]'
        values = row["values"].replace("EVIDENCE", said)
        events.append(
            f'{{"id":"evt-{number}","title":"{row["title"]}",{values}"claims":[{{"id":"clm-{number}",{said}}}]}}'
        )
        cited.append(row["paths"])
    key = first + 1
    put(connection, "documents", key, documents)
    put(connection, "spans", key, spans)
    put(connection, "events", key, events)
    connection.executemany(
        "INSERT INTO span_positions (span, document, start, end, sentence, unanchored) VALUES (?, ?, 0, ?, 0, 0)",
        ((key + n, key + n, len(text)) for n, (_, text) in enumerate(sentences)),
    )
    code = LIST_CODES["events"]
    connection.executemany(
        "INSERT INTO citations (list, record, path, span) VALUES (?, ?, ?, ?)",
        ((code, key + n, path, key + n) for n, paths in enumerate(cited) for path in paths),
    )
    entry = index(connection, entry, "event", key, titles)
    rows = [(None, f"Row {first + n:07d}") for n in range(count)]
    entry = index(connection, entry, "document", key, rows)
    return index(connection, entry, "sentence", key, sentences)


def random_rows(draw: np.random.Generator, count: int) -> Iterator[dict[str, Any]]:
    """Yield what each row says: title, sentence, publisher, the values of the event as JSON, and their paths."""
    start, length, undated = spans_of_time(draw, count)
    dates = np.datetime_as_string((start // DAY).astype("datetime64[D]")).tolist()
    ends = np.datetime_as_string(((start + length) // DAY).astype("datetime64[D]")).tolist()
    actors, places = (
        zipf(draw, ACTORS, 4 * count).reshape(count, 4).tolist(),
        zipf(draw, PLACES, count).tolist(),
    )
    acting, words = (
        draw.integers(1, 5, count).tolist(),
        zipf(draw, 20_000, 6 * count).reshape(count, 6).tolist(),
    )
    types, dead = zipf(draw, len(c.EVENT_TYPES), count).tolist(), draw.integers(0, 3, count).tolist()
    verbs, publishers = draw.integers(0, len(VERBS), count).tolist(), zipf(draw, 300, count).tolist()
    for n in range(count):
        who, verb = list(dict.fromkeys(actors[n][: acting[n]])), VERBS[verbs[n]]
        title = f"Group {who[0]} {verb} in Town {places[n]}"
        sentence = f"{title}, {', '.join(f'word{w}' for w in words[n])}."
        values, paths = [], []
        if types[n]:
            values.append(f'"type":"{c.EVENT_TYPES[types[n]]}",')
        if not undated[n]:
            edtf = dates[n] if dates[n] == ends[n] else f"{dates[n]}/{ends[n]}"
            values.append(f'"time":{{EVIDENCE,"edtf":"{edtf}"}},')
            paths.append("time")
        values.append(f'"places":[{{EVIDENCE,"location":"loc-{places[n]:04d}"}}],"participants":[')
        parts = (f'{{EVIDENCE,"actor":"act-{a:04d}","role":"{ROLES[k]}"}}' for k, a in enumerate(who))
        values.append(f"{','.join(parts)}],")
        paths += ["places[0]", *(f"participants[{k}]" for k in range(len(who)))]
        if dead[n] == 1:
            numbers = f'"low":{places[n] % 60},"best":{places[n] % 60 + 2},"high":{places[n] % 60 + 9}'
            values.append(f'"quantities":[{{EVIDENCE,"kind":"fatalities","qualifier":"range",{numbers}}}],')
            paths.append("quantities[0]")
        yield {
            "title": title, "sentence": sentence, "publisher": f"publisher {publishers[n]}",
            "values": "".join(values), "paths": [*paths, "claims[0]"],
        }  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Write a case file to keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("file", type=Path)
    asked = parser.parse_args(argv)
    case_file(asked.file, asked.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
