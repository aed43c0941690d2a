"""The judge's test: the sample article coded again from its plain text, by keyboard, to the same facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coding_by_keyboard import EventCoder, new_case
from PySide6.QtWidgets import QLabel

SENTENCES = 10


def facts(case: dict[str, Any], last: int) -> list[dict[str, Any]]:
    """Return what is said in the characters before last, without ids: names for actors and places, words for spans."""
    spans = {each["id"]: each for each in case["spans"]}
    names = {each["id"]: each["name"] for each in (*case["actors"], *case["locations"])}

    def quotes(value: dict[str, Any]) -> list[str]:
        found = [spans[each] for each in value.get("evidence", ())]
        return sorted(each["quote"] for each in found if each["end"] <= last)

    def who(value: dict[str, Any]) -> tuple[Any, ...] | None:
        said = value.get("attribution")
        return (said.get("text"), names.get(said.get("actor"))) if said else None

    def founded(value: dict[str, Any]) -> tuple[Any, ...]:
        return (value.get("basis", "stated"), quotes(value), who(value))

    def number(value: dict[str, Any]) -> tuple[Any, ...]:
        fields = ("kind", "low", "best", "high", "unit")
        qualifier = value.get("qualifier", "exactly")
        return (*(value.get(name) for name in fields), qualifier, founded(value))

    def there(value: dict[str, Any]) -> bool:
        return bool(quotes(value)) or (value.get("basis") == "reference" and "edtf" in value)

    found = []
    for event in case["events"]:
        claims = [claim for claim in event["claims"] if quotes(claim)]
        if not claims:
            continue
        time = event.get("time", {})
        found.append(
            {
                "title": event["title"],
                "coded": tuple(event.get(name) for name in ("type", "mode", "contexts")),
                "kind": event.get("kind", "occurrence"),
                "who": sorted(
                    (names[each["actor"]], each["role"], founded(each))
                    for each in event.get("participants", ()) if there(each)
                ),
                "where": sorted(
                    (names[each["location"]], each.get("role", "at"), founded(each))
                    for each in event.get("places", ()) if there(each)
                ),
                "when": (time.get("edtf"), time.get("anchor_relation"), founded(time)) if there(time) else None,
                "how many": sorted(number(each) for each in event.get("quantities", ()) if there(each)),
                "said": sorted(
                    (
                        founded(claim), claim.get("modality", "asserted"),
                        sorted(number(each) for each in claim.get("quantities", ()) if there(each)),
                    )
                    for claim in claims
                ),
            }
        )  # fmt: skip
    return sorted(found, key=lambda event: event["title"])


def as_json(window: Any, tmp_path: Path) -> dict[str, Any]:
    import json

    from explorer.casefile.reading import plain

    case = window.workspace.case
    lists = ("documents", "spans", "actors", "locations", "events", "relations", "links", "mentions")
    return json.loads(json.dumps({name: [plain(each) for each in case.all(name)] for name in lists}))


def complaints(window: Any) -> list[str]:
    """Return what the open form says against being saved."""
    return [
        label.text()
        for label in window.coding.desk.form.findChildren(QLabel, "codingProblem")
        if label.text()
    ]


@pytest.fixture
def coding(qtbot: Any, make_window: Any, tmp_path: Path, sample_json: dict[str, Any]) -> Any:
    document = sample_json["documents"][0]
    window = make_window(new_case(tmp_path / "again.dateline", document["text"], document["title"]))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.source.text.setFocus()
    return window


def test_the_first_ten_sentences_coded_again_by_keyboard_are_the_same_facts(
    coding: Any, tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    coder = EventCoder(coding, sample_json, SENTENCES)
    wanted = facts(sample_json, coder.last)
    events = [e for e in sample_json["events"] if any(coder.quotes(claim) for claim in e["claims"])]
    assert len(events) == len(wanted) >= 12
    for event in events:
        coder.code(event)
        assert coding.coding.desk.form is None, (event["title"], complaints(coding))
    made = facts(as_json(coding, tmp_path), coder.last)
    for one, other in zip(made, wanted, strict=True):
        assert one == other
