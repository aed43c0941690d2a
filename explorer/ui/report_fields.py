"""What is known of a report: each value as the file proposes it, with where that is from, for the user to confirm."""

from __future__ import annotations

import re

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from explorer.edit.adding import Confirmed
from explorer.formats.article import Article, Proposed
from explorer.formats.script import ENCODINGS
from explorer.model.vocabulary import DocumentKind
from explorer.ui.date_field import DateField
from explorer.ui.text import plain_label
from explorer.words import NOT_STATED, isolated, tr

KINDS: dict[DocumentKind, str] = {
    "news_article": "News article",
    "report": "Report",
    "post": "Post",
    "other": "Other",
}
#: Languages that are offered by name; any other is typed as its code.
LANGUAGES = (
    "en", "ar", "fr", "de", "es", "it", "pt", "nl", "tr", "ku", "fa", "he", "ru", "uk", "el", "zh", "ja", "ur", "hi",
)  # fmt: skip
_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_NAMED = re.compile(r"\(([A-Za-z0-9-]+)\)$")
_LINES = ("title", "publisher", "authors", "url")


class ReportFields(QWidget):
    """The fields of a report. changed(); language_changed(); encoding_chosen(name of an encoding)."""

    changed = Signal()
    language_changed = Signal()
    encoding_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article: Article | None = None
        self.case_title = self._line(self.tr("Title of the new case"))
        self.title = self._line(self.tr("Title"))
        self.publisher = self._line(self.tr("Publisher"))
        self.authors = self._line(self.tr("Authors"))
        self.authors.setToolTip(self.tr("Several are separated by semicolons"))
        self.url = self._line(self.tr("Address"))
        self.date = DateField(self.tr("Date"), self, hint=NOT_STATED)
        self.date_whence = self._line(self.tr("The date is from"))
        self.date_whence.setPlaceholderText(self.tr("entered by hand"))
        self.language = QComboBox(self)
        self.kind = QComboBox(self)
        self.encoding = QComboBox(self)
        self.whence = {name: plain_label("", self, "muted") for name in (*_LINES, "language", "published")}
        self._fill()
        self._lay_out()
        self.ask_for_case(None)

    def ask_for_case(self, title: str | None) -> None:
        """Ask for the title of a new case, with a proposal; None: there is a case already."""
        self.form.setRowVisible(self.case_title, title is not None)
        self.case_title.setText(title or "")

    def show_article(self, article: Article, *, text_file: bool) -> None:
        """Propose what a report says of itself; text_file: the user may choose its encoding."""
        again = self._article is not None and self._article.original_sha256 == article.original_sha256
        self._article = article
        for name in _LINES:
            getattr(self, name).setText(self._proposed(name))
        self.date.set_edtf(article.published.value if article.published else None)
        self.date_whence.setText(_capital(article.published.whence) if article.published else "")
        self.language.setEditText(_language_words(article.language.value) if article.language else "")
        self._say_whence("language", article.language)
        if not again:
            self.kind.setCurrentIndex(0)
        self.form.setRowVisible(self.encoding, text_file and article.encoding is not None)
        names = list(ENCODINGS.values())
        self.encoding.setCurrentIndex(names.index(article.encoding) if article.encoding in names else -1)

    def language_code(self) -> str | None:
        """Return the chosen language as its code; None where none is stated."""
        said = self.language.currentText().strip()
        named = _NAMED.search(said)
        return named[1] if named is not None else said or None

    def lack(self) -> str:
        """Return what keeps the report from being added, "" where nothing does."""
        if self.form.isRowVisible(self.case_title) and not self.case_title.text().strip():
            return self.tr("The new case needs a title.")
        if not self.title.text().strip():
            return self.tr("The report needs a title.")
        code = self.language_code()
        if code and not _CODE.fullmatch(code):
            return self.tr("“{said}” is no language: choose one, or type its code, such as en.").format(
                said=code
            )
        return ""

    def confirmed(self) -> Confirmed | None:
        """Return what the user confirms; None where the date still has to be answered."""
        if self._article is None or not self.date.finish():
            self.date.setFocus()
            return None
        return Confirmed(
            text=self._article.text, title=_one_line(self.title), kind=self.kind.currentData(),
            publisher=_one_line(self.publisher) or None,
            authors=tuple(one for each in self.authors.text().split(";") if (one := " ".join(each.split()))),
            published=self.date.edtf, whence=self._date_citation(), language=self.language_code(),
            url=self.url.text().strip() or None, original_sha256=self._article.original_sha256,
        )  # fmt: skip

    def _date_citation(self) -> str | None:
        """Return what is cited for the date: where it is from, and of which file."""
        assert self._article is not None
        said = _one_line(self.date_whence)
        if not said:
            return None
        return tr("Date of the report: {whence} ({name})").format(
            whence=said, name=isolated(self._article.name)
        )

    def _proposed(self, name: str) -> str:
        offered: Proposed | None = getattr(self._article, name)
        self._say_whence(name, offered)
        return " ".join(offered.value.split()) if offered is not None else ""

    def _say_whence(self, name: str, offered: Proposed | None) -> None:
        label = self.whence[name]
        label.setText(tr("proposed {whence}").format(whence=offered.whence) if offered is not None else "")
        label.setVisible(offered is not None)

    def _on_typed(self) -> None:
        """What was typed is the user's own: no proposal stands behind it any more."""
        name = next((name for name in _LINES if getattr(self, name) is self.sender()), "")
        if name:
            self._say_whence(name, None)
        self.changed.emit()

    def _on_language(self) -> None:
        self._say_whence("language", None)
        self.language_changed.emit()
        self.changed.emit()

    def _on_date(self, edtf: object) -> None:
        """Another date than the proposed one is not from where that one was."""
        offered = self._article.published if self._article is not None else None
        if (
            offered is not None
            and edtf != offered.value
            and self.date_whence.text() == _capital(offered.whence)
        ):
            self.date_whence.clear()
        self.changed.emit()

    def _on_encoding(self, place: int) -> None:
        self.encoding_chosen.emit(self.encoding.itemData(place))

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(NOT_STATED)
        line.textEdited.connect(self._on_typed)
        return line

    def _fill(self) -> None:
        for kind, words in KINDS.items():
            self.kind.addItem(tr(words), kind)
        for name, words in ENCODINGS.items():
            self.encoding.addItem(tr(words), name)
        self.language.setEditable(True)
        for code in LANGUAGES:
            self.language.addItem(_language_words(code), code)
        for box, name in ((self.kind, "Kind"), (self.encoding, "Encoding"), (self.language, "Language")):
            box.setAccessibleName(tr(name))
        line = self.language.lineEdit()
        if line is not None:
            line.setPlaceholderText(NOT_STATED)
            line.textEdited.connect(self._on_language)
        self.language.activated.connect(self._on_language)
        self.encoding.activated.connect(self._on_encoding)
        self.date.accepted.connect(self._on_date)

    def _lay_out(self) -> None:
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setVerticalSpacing(7)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow(self.tr("&Case"), self.case_title)
        self.form.addRow(self.tr("&Title"), self._with_whence(self.title, "title"))
        self.form.addRow(self.tr("&Publisher"), self._with_whence(self.publisher, "publisher"))
        self.form.addRow(self.tr("A&uthors"), self._with_whence(self.authors, "authors"))
        self.form.addRow(self.tr("&Date"), self.date)
        self.form.addRow(self.tr("… is &from"), self.date_whence)
        self.form.addRow(self.tr("&Language"), self._with_whence(self.language, "language"))
        self.form.addRow(self.tr("Add&ress"), self._with_whence(self.url, "url"))
        self.form.addRow(self.tr("&Kind"), self.kind)
        self.form.addRow(self.tr("&Encoding"), self.encoding)
        for row in range(self.form.rowCount()):
            item = self.form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            label = item.widget() if item is not None else None
            if isinstance(label, QLabel):
                label.setBuddy(self._field(row))

    def _field(self, row: int) -> QWidget:
        item = self.form.itemAt(row, QFormLayout.ItemRole.FieldRole)
        field = item.widget() if item is not None else None
        assert field is not None
        return field.focusProxy() or field

    def _with_whence(self, field: QWidget, name: str) -> QWidget:
        """Return a field with the line beneath it that says where its proposal is from."""
        both = QWidget(self)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(field)
        column.addWidget(self.whence[name])
        both.setFocusProxy(field)
        return both


def _one_line(line: QLineEdit) -> str:
    return " ".join(line.text().split())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _language_words(code: str) -> str:
    """Return a language as it is offered: "Arabic (ar)"; the code alone where it has no name here."""
    found = QLocale(code).language()
    if found == QLocale.Language.C:
        return code
    return f"{QLocale.languageToString(found)} ({code})"
