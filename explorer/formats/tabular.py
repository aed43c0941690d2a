"""Tables as text: encoding, delimiter and quoting found out, then one row after another with its line.

Real files are untidy: bytes of another encoding, short rows, line breaks inside cells. Nothing is dropped in silence.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from explorer.formats.source import Source
from explorer.frozen import frozen
from explorer.words import tr

#: Longest cell; a quotation mark that is never closed would else swallow the file.
LONGEST_CELL = 4 * 2**20
#: Columns from which on a line inside a cell that has as many of them is no prose; lines of a row looked at for that.
_WIDE, _LOOKED_AT = 8, 50
DELIMITERS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip

_ENCODINGS = {
    "cp1252": "Windows-1252 (Latin-1)", "latin-1": "Latin-1", "utf-16": "UTF-16", "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16", "utf-32": "UTF-32",
}  # fmt: skip
#: Line where a row begins, its cells, and what was odd about its bytes.
Cells = tuple[int, list[str], tuple[str, ...]]


@frozen
class Dialect:
    """How a table is written: encoding, delimiter, and the quotation mark ("" for none)."""

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'


class UnreadableRow(Exception):  # noqa: N818 - carries where and why
    """A row that cannot be taken apart."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def encoding_of(head: bytes) -> str:
    """Return the encoding of a file by its mark, else UTF-8 where its head is that, else Windows-1252."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _wide(head):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _wide(head: bytes) -> str:
    """Return UTF-16 without a mark, as some programs write it: every second byte of western text is zero."""
    pairs = len(head[:4096]) // 2
    for name, zeros, letters in (
        ("utf-16-le", head[1:4096:2], head[:4096:2]),
        ("utf-16-be", head[:4096:2], head[1:4096:2]),
    ):
        if pairs >= 8 and zeros.count(0) > 0.6 * pairs and letters.count(0) < 0.05 * pairs:
            return name
    return ""


def encoding_words(encoding: str) -> tuple[str, ...]:
    """Return what is said of a file whose bytes are not UTF-8; nothing of one that is."""
    name = _ENCODINGS.get(encoding)
    return () if name is None else (tr("The text was read as {encoding}.").format(encoding=name),)


def text_of(head: bytes, encoding: str | None = None) -> str:
    """Return the head of a file as text, for looking at."""
    return codecs.getincrementaldecoder(encoding or encoding_of(head))("replace").decode(head, final=False)


def dialect_of(head: bytes) -> Dialect:
    """Return how a table is written, as far as its head tells: the delimiter that cuts most rows alike."""
    encoding = encoding_of(head)
    text = text_of(head, encoding)
    best, delimiter = 0.0, ","
    for each in DELIMITERS:
        widths = [len(row) for row in _sample(text, each)]
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=widths.count)
        score = widths.count(usual) / len(widths) * min(usual, 12)
        if usual > 1 and score > best:
            best, delimiter = score, each
    return Dialect(encoding, delimiter)


def sample_rows(head: bytes, dialect: Dialect, count: int = 21) -> list[list[str]]:
    """Return the first rows in the head of a table, header included."""
    return _sample(text_of(head, dialect.encoding), dialect.delimiter, count)


def _sample(text: str, delimiter: str, count: int = 21) -> list[list[str]]:
    whole = text if len(text) < 10_000 else text[: text.rfind("\n") + 1] or text
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter):
            if row and not (not rows and _is_hint(row)):
                rows.append(row)
            if len(rows) >= count:
                break
    except csv.Error:
        pass  # what came before it is sample enough
    return rows


def rows(source: Source, dialect: Dialect) -> Iterator[Cells | UnreadableRow]:
    """Yield the rows of a table, empty ones left out; what cannot be taken apart comes as UnreadableRow."""
    csv.field_size_limit(LONGEST_CELL)
    lenient = dialect.encoding in {"utf-8", "utf-8-sig"}
    text = io.TextIOWrapper(
        source.stream, dialect.encoding, errors="surrogateescape" if lenient else "replace", newline=""
    )
    lines = _Lines(text)
    if dialect.quote:
        reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote)
    else:
        reader = csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
    try:
        yield from _each(reader, lines, dialect)
    finally:
        if not source.stream.closed:  # who reads no further may have closed the file first
            text.detach()


class _Lines:
    """The lines of a text; taken are those of the row that is being read, which may be given back."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._back: list[str] = []  # the next one last
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._text)
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        """Give back all lines of the row but its first."""
        self._back.extend(reversed(self.taken[1:]))
        del self.taken[1:]


def _each(
    reader: csv._reader,  # type: ignore[name-defined]
    lines: _Lines,
    dialect: Dialect,
) -> Iterator[Cells | UnreadableRow]:
    line, width = 1, 0
    while True:
        lines.taken.clear()
        try:
            row = next(reader)
            run_together = len(lines.taken) > 1 and _is_run_together(row, lines.taken, width, dialect)
        except StopIteration:
            return
        except csv.Error as error:
            row, run_together = [], len(lines.taken) > 1
            if not run_together:
                yield UnreadableRow(line, str(error))
        if run_together:
            lines.give_back()
            yield UnreadableRow(line, tr("a quotation mark that is not closed"))
        elif row and not (line == 1 and _is_hint(row)):
            width = width or len(row)
            joined = "".join(row)
            if "\0" in joined or not (joined.isascii() or not _escaped(joined)):
                yield line, *_mended(row)
            else:
                yield line, row, ()
        line += len(lines.taken)


def _is_run_together(row: Sequence[str], taken: Sequence[str], width: int, dialect: Dialect) -> bool:
    """Return whether a row of several lines is several rows, which a quotation mark that is not closed joins.

    Then a line inside it is a row by itself. Where the number of cells is right all the same, only wide tables tell:
    in a narrow one, a line of prose may have as many commas.
    """
    if width < (_WIDE if len(row) == width else 3):
        return False
    inner = csv.reader(taken[1:_LOOKED_AT], delimiter=dialect.delimiter)
    return any(len(cells) == width for cells in inner)


def _is_hint(row: Sequence[str]) -> bool:
    """Return whether a first row is "sep=;", which tells Excel the delimiter and is no data."""
    return len(row) <= 2 and row[0].lower().startswith("sep=") and not "".join(row[1:])


def _mended(row: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return cells without zero bytes, and bytes that are not UTF-8 as Windows-1252, with what was done."""
    remarks = []
    if any("\0" in cell for cell in row):
        row = [cell.replace("\0", "") for cell in row]
        remarks.append(tr("zero bytes, left out"))
    if _escaped("".join(row)):
        row = [_as_windows(cell) for cell in row]
        remarks.append(tr("bytes that are not UTF-8, read as Windows-1252"))
    return list(row), tuple(remarks)


def _escaped(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _as_windows(cell: str) -> str:
    data = cell.encode("utf-8", "surrogateescape")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return column name (small letters, blanks as underscores) -> its number; the first of two counts."""
    found: dict[str, int] = {}
    for number, name in enumerate(header):
        found.setdefault(plain(name), number)
    return found


def plain(name: str) -> str:
    """Return a column's name as it is compared."""
    return "_".join(name.strip().lstrip("\ufeff").casefold().replace("-", " ").replace("_", " ").split())
