"""What can be done with one value of the record on the card: its role, its basis, another value, away with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.edit.amending import amend, set_number, take_out, value_at
from explorer.edit.values import set_field
from explorer.model.records import Reference
from explorer.ui.text import elided
from explorer.words import (
    BASIS_WORDS,
    MODALITY_WORDS,
    PLACE_ROLE_WORDS,
    POLARITY_WORDS,
    QUANTITY_WORDS,
    ROLE_WORDS,
    isolated,
    tr,
)

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow

#: By the list a value stands in: the field that a submenu sets, its heading, its words.
_CHOICES: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "participants": ("role", "&Role", ROLE_WORDS),
    "places": ("role", "&Part in the event", PLACE_ROLE_WORDS),
    "quantities": ("kind", "&What is counted", QUANTITY_WORDS),
    "claims": ("modality", "&Reported as", MODALITY_WORDS),
}
#: Of a value that names another record: the field, the list to choose from, what the menu says.
_NAMES = {
    "participants": ("actor", "actors", "Somebody &else…"),
    "places": ("location", "locations", "Another &place…"),
}
_WORDS = {"aspect": "The aspect", "side": "The camp", "country": "The country", "note": "The note"}
_MOST_REFERENCES = 12


class ValueMenu(QObject):
    """Offers a menu for a value of the fact card of one window; each choice is one step of the history."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace
        self._record = self._path = ""

    def offer(self, asked: object) -> None:
        """Show the menu of (record, path, place on the screen)."""
        assert isinstance(asked, tuple)
        record_id, path, where = asked
        menu = self.menu(record_id, path)
        if menu is not None:
            assert isinstance(where, QPoint)
            menu.popup(where)

    def menu(self, record_id: str, path: str) -> QMenu | None:
        """Return the menu of a value, None where nothing can be done with it here."""
        case = self._workspace.case
        if case is None or case.read_only:
            return None
        self._record, self._path = record_id, path
        value, kind = value_at(case, record_id, path), path.partition("[")[0]
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(value, dict):
            self._add_fact(menu, kind, value)
        elif path == "polarity":
            self._add_choice(menu, "", self.tr("&Reads as"), POLARITY_WORDS, value)
        elif path in _WORDS:
            self._add_line(menu, self.tr("&Change…"), "text")
        menu.triggered.connect(self._act)
        return menu if not menu.isEmpty() else None

    def _add_fact(self, menu: QMenu, kind: str, value: dict[str, Any]) -> None:
        if kind in _CHOICES:
            field, heading, words = _CHOICES[kind]
            default = {"places": "at", "claims": "asserted"}.get(kind)
            self._add_choice(menu, field, tr(heading), words, value.get(field, default))
        if kind == "quantities":
            self._add_line(menu, self.tr("Change the &number…"), "number")
        if kind in _NAMES:
            self._add_line(menu, tr(_NAMES[kind][2]), "name")
        self._add_bases(menu, kind, value)
        if kind == "claims":
            self._add_line(menu, self.tr("&According to…"), "who")
        self._add_line(menu, self.tr("N&ote…"), "fact note")
        menu.addSeparator()
        menu.addAction(self.tr("Re&move this value")).setData(("remove",))

    def _add_choice(
        self, menu: QMenu, field: str, heading: str, words: Mapping[str, str], now: object
    ) -> None:
        below = menu.addMenu(heading)
        for code, said in words.items():
            self._add(below, tr(said), ("set", {field: code}), on=code == now)

    def _add_bases(self, menu: QMenu, kind: str, value: dict[str, Any]) -> None:
        """Offer what a value can rest on: the text, the coder's reading, and each reference of the case."""
        below, now = menu.addMenu(self.tr("Rests &on")), value.get("basis", "stated")
        for basis in ("stated", "inferred"):
            set_to: dict[str, Any] = {"basis": basis, **({"citations": None} if "citations" in value else {})}
            self._add(below, tr(BASIS_WORDS[basis]), ("set", set_to), on=basis == now)
        case = self._workspace.case
        if kind == "claims" or case is None:
            return
        cited = value.get("citations", [])
        for number, each in enumerate(case.all("references")):
            if isinstance(each, Reference) and number < _MOST_REFERENCES:
                words = tr("Outside the report: {title}").format(title=isolated(elided(each.title, 60)))
                set_to = {"basis": "reference", "citations": [each.id]}
                self._add(below, words, ("set", set_to), on=now == "reference" and each.id in cited)

    def _add(self, menu: QMenu, words: str, data: tuple[Any, ...], *, on: bool) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(on)
        action.setData(data)

    def _add_line(self, menu: QMenu, words: str, what: str) -> None:
        menu.addAction(words).setData((what,))

    # -- what is done --------------------------------------------------------------------------------------------

    def _act(self, action: QAction) -> None:
        what, *rest = action.data()
        case = self._workspace.case
        if case is None:
            return
        if what not in {"set", "remove"}:
            self._ask(what)
            return
        try:
            if what == "remove":
                edit = take_out(case, self._record, self._path)
            elif "" in rest[0]:
                edit = set_field(case, self._record, self._path, rest[0][""])
            else:
                edit = amend(case, self._record, self._path, rest[0])
        except (CaseFileError, KeyError) as error:
            self._workspace.refused.emit(error)
            return
        self._workspace.commit(edit)

    def _ask(self, what: str) -> None:
        case = self._workspace.case
        assert case is not None
        value = value_at(case, self._record, self._path)
        if what == "name":
            self._ask_name()
            return
        questions = {
            "number": (self.tr("Change the number"), self.tr("How many? 31, at least 25, 25 to 31"), ""),
            "who": (self.tr("According to"), self.tr("Who says so, in the words of the text"), _who(value)),
            "fact note": (self.tr("Note"), self.tr("A note on this value"), _note(value)),
            "text": (self.tr("Change"), tr(_WORDS.get(self._path, "")), str(value or "")),
        }
        from explorer.ui.line_dialog import LineDialog

        title, question, line = questions[what]
        make = Setting(self._workspace, self._record, self._path, what)
        LineDialog(self._workspace, title, question, line, make, self._window).show()

    def _ask_name(self) -> None:
        from explorer.ui.name_dialog import NameDialog

        field, list_name, _ = _NAMES[self._path.partition("[")[0]]
        NameDialog(self._workspace, self._record, self._path, field, list_name, self._window).show()


class Setting:
    """From a typed line to the edit of one value."""

    def __init__(self, workspace: Any, record_id: str, path: str, what: str) -> None:
        self._workspace, self._record, self._path, self._what = workspace, record_id, path, what

    def __call__(self, line: str) -> Edit | None:
        """Return the edit; raises CaseFileError where the line cannot be such a value."""
        case = self._workspace.case
        makers: dict[str, Callable[[], Edit]] = {
            "number": lambda: set_number(case, self._record, self._path, line),
            "who": lambda: amend(
                case, self._record, self._path, {"attribution": {"text": line} if line else None}
            ),
            "fact note": lambda: amend(case, self._record, self._path, {"note": line or None}),
            "text": lambda: set_field(case, self._record, self._path, line or None),
        }
        return makers[self._what]() if case is not None else None


def _who(value: Any) -> str:
    return str((value.get("attribution") or {}).get("text", ""))


def _note(value: Any) -> str:
    return str(value.get("note", ""))
