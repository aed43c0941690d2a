"""Records out of a case file, one list or a few ids at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from explorer.casefile import schema
from explorer.casefile.connection import Database
from explorer.casefile.errors import CaseFileError
from explorer.casefile.phrases import TimePhrases
from explorer.casefile.sources import SourceText, reference_name, source_text
from explorer.model.lists import LIST_NAMES, list_of
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.model.base import Record
    from explorer.model.records import AnyRecord, CaseHeader

_BY_ID = schema.per_list("SELECT body FROM _list WHERE id = ?")
_KEY = schema.per_list("SELECT key FROM _list WHERE id = ?")
_ALL = schema.per_list("SELECT body FROM _list ORDER BY key")
_COUNT = schema.per_list("SELECT count(*) FROM _list")
_DIGESTS = schema.per_list("SELECT id, sha256 FROM _list")
_MANY = schema.per_list("SELECT id, body FROM _list WHERE id IN (SELECT value FROM json_each(?))")
FORMAT = "event-case"


class Records:
    """What a case file holds, rebuilt as models only where asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hash: tuple[int, str] | None = None

    @property
    def database(self) -> Database:
        """The file as rows: for this package only."""
        return self._database

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """True where nothing can be written."""
        return self._database.read_only

    @property
    def version(self) -> int:
        """The content version: a counter that each write moves on."""
        row = self._database.row("SELECT version FROM header")
        with self._as_written("header"):
            return int(row[0]) if row else 0

    def header(self) -> CaseHeader:
        """Return what the case says of itself, apart from its lists."""
        from explorer.model.records import CaseHeader

        row = self._database.row("SELECT body FROM header")
        if row is None:
            raise CaseFileError(tr("{path} lacks its header.").format(path=self.path))
        with self._as_written("header"):
            return CaseHeader.model_validate_json(row[0])

    @property
    def title(self) -> str:
        """What the case is called; asked before the models are needed."""
        row = self._database.row("SELECT body FROM header")
        with self._as_written("header"):
            return str(json.loads(row[0] if row else "")["title"])

    def source(self, document_id: str) -> SourceText:
        """Return a document as the source pane reads it. Raises KeyError where the case has none of this id."""
        row = self._database.row(_BY_ID["documents"], (document_id,))
        if row is None:
            raise KeyError(document_id)
        with self._as_written(document_id):
            return source_text(row[0])

    def sources(self) -> Iterator[SourceText]:
        """Yield all documents as the source pane reads them."""
        for (body,) in self._database.stream(_ALL["documents"]):
            with self._as_written("documents"):
                document = source_text(body)
            yield document

    @property
    def time_phrases(self) -> TimePhrases:
        """What looks up the words that the dates of events were read from."""
        return TimePhrases(self._database)

    def reference_names(self, ids: Iterable[str]) -> list[str]:
        """Return the publishers, else the titles, of references, each once, in the order of ids."""
        wanted = list(ids)
        rows = dict(self._database.rows(_MANY["references"], (json.dumps(wanted),))) if wanted else {}
        with self._as_written("references"):
            return list(dict.fromkeys(reference_name(rows[name]) for name in wanted if name in rows))

    def record(self, record_id: str) -> AnyRecord | None:
        """Return one record by its id, or None. Claims live inside their event or relation."""
        name = list_of(record_id)
        row = self._database.row(_BY_ID[name], (record_id,)) if name else None
        return self._model(name, row[0], record_id) if name and row else None

    def records(self, ids: Iterable[str]) -> list[AnyRecord]:
        """Return the records of ids in the order of ids; what is not in the case is left out."""
        wanted = list(ids)
        by_list: dict[str, list[str]] = {}
        for record_id in wanted:
            by_list.setdefault(list_of(record_id) or "", []).append(record_id)
        found: dict[str, AnyRecord] = {}
        for name, some in by_list.items():
            if name:
                rows = self._database.rows(_MANY[name], (json.dumps(some),))
                found.update((record_id, self._model(name, body, record_id)) for record_id, body in rows)
        return [found[record_id] for record_id in wanted if record_id in found]

    def all(self, list_name: str) -> Iterator[AnyRecord]:
        """Yield the records of one list ("events") in its order."""
        for (body,) in self._database.stream(_ALL[list_name]):
            yield self._model(list_name, body, list_name)

    def count(self, list_name: str) -> int:
        """Return how many records a list holds."""
        row = self._database.row(_COUNT[list_name])
        return int(row[0]) if row else 0

    def case_hash(self) -> str:
        """Return the sha256, in 64 hex digits, over the sorted (id, sha256 of the body) pairs (design §2)."""
        version = self.version
        if self._hash is None or self._hash[0] != version:
            whole = hashlib.sha256()
            with self._as_written("sha256"):
                pairs = sorted(pair for name in LIST_NAMES for pair in self._database.stream(_DIGESTS[name]))
                for record_id, body_digest in pairs:
                    whole.update(
                        record_id.encode("utf-8") + b"\n" + bytes(body_digest).hex().encode() + b"\n"
                    )
            self._hash = version, whole.hexdigest()
        return self._hash[1]

    def to_json(self, *, indent: int = 1) -> Iterator[str]:
        """Yield the case as JSON text: equal models in the same list order, ext verbatim."""
        header = self._database.row("SELECT body FROM header")
        with self._as_written("header"):
            said = json.loads(header[0] if header else "")
        from explorer.model.writing import case_lines

        return case_lines(
            {"format": FORMAT, **said},
            ((name, self._dicts(name)) for name in LIST_NAMES),
            indent=indent,
        )

    def _dicts(self, name: str) -> Iterator[dict[str, Any]]:
        for (body,) in self._database.stream(_ALL[name]):
            with self._as_written(name):
                record = json.loads(body)
            yield record

    def _model(self, name: str, body: str, where: str) -> AnyRecord:
        from explorer.model.records import LISTS

        with self._as_written(where):
            return cast("AnyRecord", LISTS[name].model_validate_json(body))

    def _key(self, record_id: str) -> tuple[str, int] | None:
        """Return (list, key) of a record id, or None."""
        name = list_of(record_id)
        row = self._database.row(_KEY[name], (record_id,)) if name else None
        return (name, int(row[0])) if name and row else None

    @contextmanager
    def _as_written(self, where: str) -> Iterator[None]:
        """Say that the file is damaged where a body is not what was written."""
        try:
            yield
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
            # pydantic's errors are ValueErrors
            raise CaseFileError(
                tr("{path} is damaged: {where} is not as it was written.").format(path=self.path, where=where)
            ) from error


def plain(record: Record) -> dict[str, Any]:
    """Return a record as a plain dict without defaults."""
    return record.model_dump(mode="json", exclude_defaults=True)
