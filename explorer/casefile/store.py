"""The case file: one SQLite file that holds a whole case, small or large (the storage contract of design §2)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from explorer.casefile import cache, history, schema, temporary
from explorer.casefile.columns import EventTable, Ints
from explorer.casefile.connection import Database
from explorer.casefile.editing import Editing
from explorer.casefile.errors import CaseFileError
from explorer.words import tr

# What writes, checks and searches, and the models, are loaded by what needs them: the window opens without.
if TYPE_CHECKING:
    from explorer.casefile.bulk import Bulk
    from explorer.casefile.chronicle import CaseChronology
    from explorer.casefile.guard import CaseLookup
    from explorer.casefile.search import Hit
    from explorer.casefile.wordrows import WordRows
    from explorer.chronology.anchors import Bounds
    from explorer.model.base import Record
    from explorer.model.problems import Problem
    from explorer.model.records import CaseHeader

#: Events from which columns are worth a place in the file: fewer are built while the window appears.
WORTH_KEEPING = 20_000
#: Events from which building the columns holds a window up so that it is seen.
SEEN = 2_000


class CaseFile(Editing):
    """One case in one file; the only door to it for the rest of the program.

    Opening looks at the marks and the layout of the file alone; intake.reporting.check_case looks at everything.
    messages are sentences for the user about how it was opened ("open for reading only, because …").
    """

    def __init__(self, database: Database, *, is_temporary: bool = False) -> None:
        super().__init__(database, is_temporary=is_temporary)
        self._table: EventTable | None = None
        self._from_file = False
        self._words: tuple[int, WordRows] | None = None
        self._chronologies: dict[bool, tuple[int, CaseChronology]] = {}

    @classmethod
    def create(cls, path: Path, header: CaseHeader) -> Self:
        """Make a new case file at path; raises CaseFileError where something is there already."""
        path = Path(path)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        except OSError as error:
            raise _cannot(path, error) from error
        return cls._made(path, header)

    @classmethod
    def temporary_file(cls, header: CaseHeader) -> Self:
        """Make a case file in a private folder; it is removed when it is closed."""
        try:
            path = temporary.new_file()
            path.touch(mode=0o600)
        except OSError as error:
            raise _cannot(Path(error.filename or ""), error) from error
        return cls._made(path, header, is_temporary=True)

    @classmethod
    def temporary_copy(cls, body: bytes) -> Self:
        """Open the bytes of a case file as a temporary one, removed when it is closed.

        The caller vouches that the bytes are as this program wrote them, so the header is not read to see.
        """
        try:
            path = temporary.new_file()
            path.touch(mode=0o600)
            path.write_bytes(body)
            schema.read_marks(path)
        except OSError as error:
            raise _cannot(Path(error.filename or ""), error) from error
        database = Database(path, read_only=False)
        try:
            database.prepare()
        except BaseException:
            database.close()
            temporary.remove(path)
            raise
        return cls(database, is_temporary=True)

    @classmethod
    def _made(cls, path: Path, header: CaseHeader, *, is_temporary: bool = False) -> Self:
        from explorer.casefile.appending import body_of, digest
        from explorer.casefile.guard import refuse_broken_header

        database = Database(path, read_only=False)
        try:
            refuse_broken_header(header)
            database.prepare(new=True)
            body = body_of(header)
            with database.transaction() as connection:
                connection.execute("INSERT INTO header VALUES (1, ?, ?, 0)", (body, digest(body)))
        except BaseException:
            database.close()
            temporary.remove(path)
            raise
        return cls(database, is_temporary=is_temporary)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a case file; one that may not be written is opened for reading only, and messages says so.

        Raises CaseFileError for anything that is not a whole case file of this version or an older one.
        """
        path = Path(path)
        try:
            schema.read_marks(path)
        except OSError as error:
            raise _cannot(path, error) from error
        writable = os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)
        database = Database(path, read_only=read_only or not writable)
        try:
            database.prepare()
            case = cls(database)
            case.header()
        except BaseException:
            database.close()
            raise
        if not writable and not read_only:
            case.messages = (
                tr("The file or its folder may not be written: the case is open for reading only."),
            )
        return case

    @classmethod
    def adopt_temporary(cls, path: Path, messages: tuple[str, ...] = (), *, read_only: bool = False) -> Self:
        """Open a case file that another process has made for this one; it is removed when it is closed."""
        try:
            case = cls.open(path)
        except BaseException:
            temporary.remove(path)
            raise
        if read_only:
            case.freeze("")  # messages say why
        case.temporary, case.messages = True, messages
        return case

    def close(self) -> None:
        """Close the file: what was written lies in this one file; a temporary one is removed."""
        try:
            self._database.close()
        finally:
            self._unclaim()
            if self.temporary:
                temporary.remove(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def append(self, records: Iterable[Record], *, checked: bool = False) -> None:
        """Add records at the end of their lists, all of them in one transaction, or none.

        Raises CaseFileError with .problems where the rules between records (model.md §4) would not hold. checked:
        the caller has just held the same rules over exactly these records, so they need not be asked again.
        """
        from explorer.casefile.appending import Appending
        from explorer.casefile.guard import refuse_broken

        if not checked:
            records = list(records)
            refuse_broken(self, records)
        with self._database.transaction() as connection:
            Appending(connection).add(records)
            self._bar_undo(connection, tr("Records added"))
            connection.execute("UPDATE header SET version = version + 1")

    @contextmanager
    def loading(self, *, new_file: bool = False) -> Iterator[Bulk]:
        """Yield what takes records as bodies in bulk, all of them in one transaction, or none.

        The caller vouches for the bodies: they are canonical, valid, and hold to the rules between records.
        new_file: it throws the file away if anything fails, so that nothing need be written twice.
        """
        from explorer.casefile.bulk import Bulk

        folder = self.path.resolve().parent if new_file else None
        with (
            self._database.transaction(new_file=new_file) as connection,
            closing(Bulk(connection, folder)) as bulk,
        ):
            yield bulk
            bulk.finish()
            self._bar_undo(connection, tr("Import"))
            connection.execute("UPDATE header SET version = version + 1")
            if bulk.collecting is not None and bulk.collecting.events >= SEEN:
                blobs = bulk.collecting.blobs(self._database)
                cache.write(connection, blobs, cache.stamp(self._database, self.version))

    def table(self) -> EventTable:
        """Return the case as columns: as they were kept in the file, or built anew where its content has moved on.

        Nothing is ever written here: who wants them kept says so (keep_columns).
        """
        version = self.version
        if self._table is not None and self._table.version != version:
            self._table, self._from_file = self._followed(self._table, version), False
        if self._table is None:
            self._table = cache.read(self._database, version)
            self._from_file = self._table is not None
        if self._table is None:
            from explorer.casefile.table import build_table

            with self._as_written(tr("a record")):
                self._table = build_table(self._database, version)
        return self._table

    @property
    def columns_kept(self) -> bool:
        """True where the columns of the present content lie in the file, so that table() takes no time."""
        return cache.kept(self._database, self.version)

    @property
    def ready(self) -> bool:
        """True where table() takes no noticeable time: the columns are there, or the case is small."""
        built = self._table is not None and self._table.version == self.version
        return built or self.columns_kept or self.count("events") < SEEN

    def keep_columns(self, *, least: int = WORTH_KEEPING) -> bool:
        """Keep the columns in the file, so that it opens at once the next time; return whether they lie there now.

        For imports and for windows that opened the file for writing, never for a query. A case of fewer events than
        least, or one that may not be written, is left as it is; the content version and the case hash do not change.
        """
        if not self._database.writable or self.count("events") < least:
            return self.columns_kept
        table = self.table()
        if not self._from_file:  # none of this content, or none that hold together
            with self._as_written(tr("a record")):
                words = self._word_rows()
            stamp = cache.stamp(self._database, table.version)
            # A full disk, or another program that is writing: nothing is lost, they are built the next time.
            with suppress(CaseFileError), self._database.transaction() as connection:
                if self.version == table.version:  # another window may have written meanwhile
                    from explorer.casefile import wordrows

                    blobs = (*cache.packed(table).items(), *wordrows.packed(words).items())
                    self._from_file = cache.write(connection, blobs, stamp)
        return self.columns_kept

    def chronology(self, *, text_only: bool = False) -> CaseChronology:
        """Return when everything in the case was, why, and what contradicts (design §3a), for its present content."""
        from explorer.casefile.chronicle import CaseChronology

        version = self.version
        known = self._chronologies.get(text_only)
        if known is None or known[0] != version:
            with self._as_written(tr("a record")):
                made = CaseChronology(self, text_only=text_only, before=known[1] if known else None)
                known = self._chronologies[text_only] = version, made
        return known[1]

    def bounds(self, ids: Iterable[str], *, text_only: bool = False) -> dict[str, Bounds]:
        """Return the bounds of documents, events and relations with what each rests on ("why?")."""
        return self.chronology(text_only=text_only).all_bounds(ids)

    def text_rows(self, words: str) -> Ints:
        """Return the ascending event rows whose title and cited sentences hold all words.

        Case, accents and vowel points do not matter; the last word also matches what begins so.
        """
        from explorer.casefile import search
        from explorer.casefile.titles import rows_of_keys

        table = self.table()
        with self._as_written(tr("a record")):
            return search.event_rows(self._database, words, rows_of_keys(table), self._word_rows)

    def _word_rows(self) -> WordRows:
        """Return which events each entry of the word index speaks of, kept or worked out, for this version."""
        from explorer.casefile import wordrows
        from explorer.casefile.titles import rows_of_keys

        table = self.table()
        if self._words is None or self._words[0] != table.version:
            held = cache.read_words(self._database, table.version, len(table))
            self._words = table.version, held or wordrows.build(self._database, rows_of_keys(table))
        return self._words[1]

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """Return at most limit things that hold all words, as you type."""
        from explorer.casefile import search

        with self._as_written(tr("a record")):
            return search.search(self._database, words, limit, self._word_rows)

    def damage(self) -> Iterator[Problem]:
        """Yield what in the file is not as it was written; reads all of it."""
        from explorer.casefile.verifying import damage

        return damage(self._database)

    def lookup(self) -> CaseLookup:
        """Return what the rules between records ask of this case."""
        from explorer.casefile.guard import CaseLookup

        return CaseLookup(self, ())

    def save_copy(self, path: Path, *, with_history: bool = False) -> None:
        """Write the case to another file, which is replaced only when the copy is whole.

        Without its history, as a rule: what was deleted or corrected is then nowhere in the bytes of the copy.
        """
        path = Path(path)
        if path.exists() and path.samefile(self.path):
            raise CaseFileError(
                tr("{path} is the case itself; choose another name for the copy.").format(path=path)
            )
        try:
            self._database.copy_to(path, None if with_history else history.drop)
        except OSError as error:
            raise _cannot(path, error) from error


def _cannot(path: Path, error: OSError) -> CaseFileError:
    return CaseFileError(
        tr("{path} cannot be used: {reason}.").format(path=path, reason=error.strerror or error)
    )
