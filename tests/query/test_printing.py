"""What a terminal gets: columns that stay aligned in any script, and no character that it would obey."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.query.filters import Filter
from explorer.query.masks import evaluate
from explorer.query.printing import (
    CSV_COLUMNS,
    cells,
    clean,
    csv_lines,
    json_lines,
    outline,
    safe_cell,
    table_lines,
)
from explorer.query.records import head_json, query_json, shown_json


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("米軍", 4), ("e\u0301", 1), ("\u2068حلب\u2069", 3), ("", 0), ("…", 1)]
)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, width: int) -> None:
    assert cells(text) == width


def test_control_characters_do_not_reach_a_terminal() -> None:
    assert clean("a\x1b[31mred\x07\nb\tc\x9b") == "a\ufffd[31mred\ufffd b c\ufffd"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=x"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell(f"a{text}") == f"a{text}"


@pytest.mark.parametrize("seed", range(5))
def test_columns_stay_aligned_in_every_script(case_file_of: Any, seed: int) -> None:
    case = case_file_of(random_case(seed, events=15, actors=10))
    shown = evaluate(case.table(), Filter())
    lines = list(table_lines(shown, shown_json(case, shown)))
    head = next(line for line in lines if line.startswith("WHEN"))
    at = cells(head[: head.index("WHAT")])
    rows = [line for line in lines[lines.index(head) + 1 :] if line and not line.startswith(("    ", "*"))]
    assert len(rows) == 15
    titles = case.table().titles(range(15))
    for row, title in zip(rows, titles, strict=True):
        assert cells(row[: row.rindex(clean(title))].removesuffix("\u2068")) == at


@pytest.mark.parametrize("seed", range(5))
def test_csv_reads_back_with_a_row_for_each_event_and_its_quotes(case_file_of: Any, seed: int) -> None:
    case = case_file_of(random_case(seed, events=9))
    shown = evaluate(case.table(), Filter())
    events = list(shown_json(case, shown))
    read = list(csv.DictReader(io.StringIO("\n".join(csv_lines(events)), newline="")))
    assert tuple(read[0]) == CSV_COLUMNS
    assert [row["id"] for row in read] == [event["id"] for event in events]
    for row, event in zip(read, events, strict=True):
        assert all(f"“{span['quote']}”" in row["quotes"] for span in event["evidence"])


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_written_line_by_line_is_the_same_json(case_file_of: Any, count: int) -> None:
    case = case_file_of(random_case(3, events=3))
    wanted = Filter() if count == 3 else Filter(text="\u2603 nothing" if count == 0 else "x")
    rows = None if count == 3 else np.arange(count, dtype=np.int32)
    shown = evaluate(case.table(), wanted, rows)
    assert shown.count == count
    written = "\n".join(json_lines(head_json(case, shown), shown_json(case, shown)))
    assert json.loads(written) == query_json(case, shown)


def test_an_outline_prints_nothing_as_words() -> None:
    told = {"a_key": None, "list": [], "more": [1, {"x": "y", "z": True}], "deep": {"n": 3}}
    assert list(outline(told)) == [
        "a key: not stated", "list: none", "more:", "  - 1", "  - x: y", "    z: true", "deep:", "  n: 3",
    ]  # fmt: skip
