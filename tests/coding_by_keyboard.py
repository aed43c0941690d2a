"""A coder at the keyboard: what is pressed and typed to code an event, and nothing else.

It reads the screen (where the caret stands, what a list has marked) as a person does, and never calls the program.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

from explorer.casefile.store import CaseFile
from explorer.edit.adding import Confirmed, add_document
from explorer.model.records import CaseHeader

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NEW = "+"
HEADER = {
    "format_version": "1.0", "id": "case-again", "title": "Coded again", "created": "2026-01-01T00:00:00Z",
    "modified": "2026-01-01T00:00:00Z",
}  # fmt: skip


def new_case(path: Path, text: str, title: str = "The report", language: str = "en") -> Path:
    with CaseFile.create(path, CaseHeader.model_validate(HEADER)) as case:
        case.commit(add_document(case, Confirmed(text, title, language=language)))
    return path


class Coder:
    """Presses keys in a window with one open case; the window has the keyboard."""

    def __init__(self, window: Any) -> None:
        self.window = window
        self.text = window.source.text

    def press(
        self, key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
    ) -> None:
        for _ in range(times):
            QTest.keyClick(self.window.focusWidget(), key, held)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), words)

    @property
    def here(self) -> QWidget:
        return self.window.focusWidget()

    def go_to_text(self) -> None:
        if self.here is not self.text:
            self.press(Key.Key_F7)
        assert self.here is self.text, self.here

    def go_to_form(self) -> None:
        if self.here is self.text:
            self.press(Key.Key_F7)
        assert self.here is not self.text

    def select(self, start: int, end: int) -> None:
        """Select the characters from start to end: to the sentence, by words, by characters."""
        self.go_to_text()
        bounds = self.window.source._pages.sentences
        number = max(n for n, sentence in enumerate(bounds) if sentence.start <= start)
        self.press(Key.Key_Home, CTRL)
        self.press(Key.Key_Down, CTRL, number)
        self._walk(start)
        self._walk(end, SHIFT)

    def _walk(self, goal: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        before = -1
        while (at := self.text.textCursor().position()) != goal:
            assert at != before, (at, goal)
            before = at
            if at < goal:
                self.press(Key.Key_Right, CTRL | held)
                if self.text.textCursor().position() > goal:
                    self.press(Key.Key_Left, held, self.text.textCursor().position() - goal)
            else:
                self.press(Key.Key_Left, held)

    def tab_to(self, wanted: Callable[[QWidget], bool], key: Key = Key.Key_Tab) -> QWidget:
        self.go_to_form()
        for _ in range(120):
            if wanted(self.here):
                return self.here
            self.press(key)
        raise AssertionError("Tab does not lead there")

    def tab_to_named(self, name: str, key: Key = Key.Key_Tab) -> QWidget:
        return self.tab_to(lambda widget: widget.accessibleName() == name, key)

    def choose(self, value: object) -> None:
        """Choose in the list that has the keyboard, by its arrows."""
        box = self.here
        assert isinstance(box, QComboBox), box
        self.press(Key.Key_Home)
        for _ in range(box.count()):
            if box.currentData() == value:
                return
            self.press(Key.Key_Down)
        raise AssertionError((value, box.accessibleName()))

    def name(self, wanted: dict[str, Any], places: dict[str, Any]) -> None:
        """Say whom or what the field with the keyboard names: known, or new with its kind and what it lies in."""
        picker = self.here
        rows = picker.choices.list
        if not picker.choices.isVisible() or not self._marked(rows, wanted["name"]):
            self.press(Key.Key_A, CTRL)
            self.type(wanted["name"])
            if not self._marked(rows, wanted["name"]):
                self._mark(rows, lambda item: item.data(256) == NEW)
                self.press(Key.Key_Return)
                self._mark(rows, lambda item: item.data(256) == wanted["kind"])
                self.press(Key.Key_Return)
                if picker.accessibleName() in ("where", "place"):
                    self._answer_parent(rows, places.get(wanted.get("part_of", ""), {}).get("name"))
                return
        self.press(Key.Key_Return)

    def _answer_parent(self, rows: Any, parent: str | None) -> None:
        if parent is not None:
            self.type(parent)
            if not self._marked(rows, parent):
                self._mark(rows, lambda item: item.data(256) == "")
        self.press(Key.Key_Return)

    @staticmethod
    def _marked(rows: Any, name: str) -> bool:
        item = rows.currentItem()
        return item is not None and item.text().split("  ·  ")[0] == name

    def _mark(self, rows: Any, wanted: Callable[[Any], bool]) -> None:
        self.press(Key.Key_Up, times=rows.count())
        for _ in range(rows.count()):
            if wanted(rows.currentItem()):
                return
            self.press(Key.Key_Down)
        raise AssertionError([rows.item(row).text() for row in range(rows.count())])


class EventCoder(Coder):
    """Codes one event as a record of the sample has it: quotes are (start, end), by the ids of spans."""

    def __init__(self, window: Any, sample: dict[str, Any], sentences: int) -> None:
        super().__init__(window)
        bounds = sample["documents"][0]["sentences"]
        self.last = bounds[sentences - 1]["end"]
        self.spans = {each["id"]: (each["start"], each["end"]) for each in sample["spans"]}
        self.actors = {each["id"]: each for each in sample["actors"]}
        self.places = {each["id"]: each for each in sample["locations"]}
        self.references = {each["id"]: each for each in sample["references"]}

    def quotes(self, value: dict[str, Any]) -> list[tuple[int, int]]:
        """Return where the words of a value stand, those of later sentences left out."""
        found = [self.spans[each] for each in value.get("evidence", ())]
        return [(start, end) for start, end in found if end <= self.last]

    def code(self, event: dict[str, Any]) -> None:
        claims = [claim for claim in event["claims"] if self.quotes(claim)]
        self.select(*self.quotes(claims[0])[0])
        self.press(Key.Key_E)
        self.type(event["title"])
        self._classify(event)
        self._claim(claims[0], more=self.quotes(claims[0])[1:])
        for claim in claims[1:]:
            self.select(*self.quotes(claim)[0])
            self.press(Key.Key_Y, ALT)
            self._claim(claim, more=self.quotes(claim)[1:])
        for part in event.get("participants", ()):
            if self.quotes(part):
                self._part(part)
        for place in event.get("places", ()):
            if self.quotes(place):
                self._place(place)
        if "time" in event and (self.quotes(event["time"]) or event["time"].get("basis") == "reference"):
            self._time(event["time"])
        numbers = [(0, number) for number in event.get("quantities", ())]
        numbers += [
            (n, number) for n, claim in enumerate(claims, 1) for number in claim.get("quantities", ())
        ]
        for scope, number in numbers:
            if self.quotes(number):
                self._number(number, scope)
        self.press(Key.Key_S, CTRL)

    def _classify(self, event: dict[str, Any]) -> None:
        self.press(Key.Key_Tab)
        self.choose(event.get("kind", "occurrence"))
        self.press(Key.Key_Tab)
        self.choose(event.get("type"))
        self.press(Key.Key_Tab)
        if event.get("mode"):
            self.choose(event["mode"])
        self.tab_to_named("Contexts")
        self.type(", ".join(event.get("contexts", ())))

    def _claim(self, claim: dict[str, Any], more: list[tuple[int, int]]) -> None:
        """Say how a claim is reported, from the field before it or its own first field."""
        self.tab_to_named("How it is reported")
        self.choose(claim.get("modality", "asserted"))
        for start, end in more:
            self.select(start, end)
            self.press(Key.Key_Return)
        self._rest_on(claim)
        self._attribute(claim)

    def _attribute(self, claim: dict[str, Any]) -> None:
        if "attribution" in claim:
            self.select(*self._words_of(claim["attribution"]["text"], self.quotes(claim)[0]))
            self.press(Key.Key_A, ALT)
            self.name(self.actors[claim["attribution"]["actor"]], self.places)

    def _words_of(self, words: str, near: tuple[int, int]) -> tuple[int, int]:
        text = self.window.source._pages.document.text
        start = text.rindex(words, 0, near[1])
        return start, start + len(words)

    def _rest_on(self, value: dict[str, Any]) -> None:
        """Say that the words are read so, where they do not say it."""
        basis = value.get("basis", "stated")
        if basis == "stated":
            return
        self.tab_to_named("Rests on")
        self.choose(basis)
        if basis == "reference":
            self._refer(self.references[value["citations"][0]])
        else:
            self.tab_to_named("Note")
            self.type("read so by the coder")

    def _refer(self, reference: dict[str, Any]) -> None:
        self.tab_to(lambda widget: widget.accessibleName().startswith("reference"))
        self.type(reference["title"])
        if not self._marked(self.here.choices.list, reference["title"]):
            self._mark(self.here.choices.list, lambda item: item.data(256) == NEW)
            self.press(Key.Key_Return)
            self.type(reference["url"])
            self.press(Key.Key_Return)
            self.type(reference["note"])
        self.press(Key.Key_Return)

    def _part(self, part: dict[str, Any]) -> None:
        keys = {"actor": Key.Key_D, "recipient": Key.Key_T, "beneficiary": Key.Key_R, "affected": Key.Key_S}
        self.select(*self.quotes(part)[0])
        self.press(keys[part["role"]], ALT)
        self.name(self.actors[part["actor"]], self.places)
        self._rest_on(part)

    def _place(self, place: dict[str, Any]) -> None:
        self.select(*self.quotes(place)[0])
        self.press(Key.Key_W, ALT)
        self.name(self.places[place["location"]], self.places)
        for start, end in self.quotes(place)[1:]:
            self.select(start, end)
            self.press(Key.Key_Return, SHIFT)
        if place.get("role", "at") != "at":
            self.tab_to_named("Role", Key.Key_Backtab)
            self.choose(place["role"])
        if "attribution" in place:
            self.tab_to_named("A note, and according to whom")
            self.press(Key.Key_Space)
            self.tab_to_named("According to, in the words of the text")
            self.select(*self._words_of(place["attribution"]["text"], self.quotes(place)[0]))
            self.press(Key.Key_Return)
            self.name(self.actors[place["attribution"]["actor"]], self.places)

    def _time(self, time: dict[str, Any]) -> None:
        quotes = self.quotes(time)
        if quotes:
            self.select(*quotes[0])
        else:
            self.go_to_text()
            self.press(Key.Key_Home, CTRL)
        self.press(Key.Key_N, ALT)
        if "anchor_relation" in time:
            self.choose(time["anchor_relation"])
        elif self.here is not self.text:
            self.tab_to_named("Date", Key.Key_Backtab)
            self.type(time["edtf"])
        self._rest_on(time)

    def _number(self, number: dict[str, Any], scope: int) -> None:
        self.select(*self.quotes(number)[0])
        self.press(Key.Key_M, ALT)
        if scope:
            self.tab_to_named("Said by")
            for _ in range(scope):
                self.press(Key.Key_Down)
