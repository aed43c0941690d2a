"""What goes onto the clipboard: the picture with its words, and sentences with where they are from."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage

from explorer.export.figures import Figure, compose, encoded
from explorer.export.request import FigureRequest
from explorer.export.sources import document_words
from explorer.model.records import Document
from explorer.query.card import card
from explorer.ui.clipboard import put
from explorer.words import tr
from explorer.workspace.hub import Workspace

#: Copied pictures are as large as a slide, twice as fine as a screen.
SIZE, SCALE = (1200, 675), 2.0
MOST_RECORDS = 200


def put_image(figure: Figure) -> None:
    """Put a figure on the clipboard: as a picture, and its alternative text for where no picture goes."""
    data = encoded(figure, ".png")
    image = QImage.fromData(QByteArray(data))
    mime = QMimeData()
    mime.setImageData(image)
    mime.setData("image/png", QByteArray(data))
    mime.setText(figure.alt_text)
    put(mime)


def copy_image(workspace: Workspace, request: FigureRequest) -> str:
    """Put the picture that request asks for on the clipboard; return a word for the status bar."""
    if workspace.case is None:
        return ""
    put_image(compose(workspace.case, request))
    return tr("Copied the picture, with its words as text")


def copy_quotes(workspace: Workspace) -> str:
    """Put the sentences behind the selected records on the clipboard, each with its citation."""
    lines = list(quotes(workspace))
    if not lines:
        return tr("Nothing that is selected has a sentence")
    mime = QMimeData()
    mime.setText("\n\n".join(f"“{text}”\n— {source}" for text, source in lines))
    blocks = (
        f"<blockquote>{escape(text)}<footer>— {escape(source)}</footer></blockquote>"
        for text, source in lines
    )
    mime.setHtml("".join(blocks))
    put(mime)
    return tr("Copied 1 sentence") if len(lines) == 1 else tr("Copied {n} sentences").format(n=len(lines))


def quotes(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield (sentence, citation) of the selected records, each sentence once, in case order."""
    case, table = workspace.case, workspace.table
    if case is None or table is None:
        return
    seen: set[tuple[str, int | None, str]] = set()
    for record_id in selected_records(workspace):
        for quote in card(case, table, record_id, text_only=workspace.text_only).quotes:
            key = (quote.document, quote.sentence, quote.text)
            document = case.record(quote.document)
            if key not in seen and isinstance(document, Document):
                seen.add(key)
                source = document_words(document, text_only=workspace.text_only)
                yield (
                    quote.text,
                    ", ".join(part for part in (source, quote.place_words, document.url) if part),
                )


def selected_records(workspace: Workspace) -> list[str]:
    """Return the ids whose sentences count: the focused record first, then the other selected ones."""
    from explorer.query.selection import Picked

    state, table = workspace.state, workspace.table
    picked = state.selection.ids if isinstance(state.selection, Picked) else frozenset()
    events = workspace.selected_ids()
    others = sorted(i for i in picked if i.startswith(("rel-", "lnk-")))
    rows = table.row_of if table is not None else {}
    ordered = [*sorted(events, key=lambda i: rows.get(i, 0)), *others]
    focus = [state.focus] if state.focus in ordered else []
    return [i for i in dict.fromkeys([*focus, *ordered]) if i][:MOST_RECORDS]
