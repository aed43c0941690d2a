"""The program's own JSON, event-case 1.0: a reader that tells all that is wrong at once, and a writer (model.md §7)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from explorer.formats.between import check_between
from explorer.formats.encoded import read_text
from explorer.formats.refused import (
    COUNTED,
    LIMIT,
    Cancelled,
    Progress,
    ReadingCancelled,
    RefusedError,
    never,
    silent,
)
from explorer.formats.syntax import parse
from explorer.formats.told import problems_of, unknown_fields
from explorer.model.base import Record
from explorer.model.memory import collector_paused
from explorer.model.problems import Problem, shortened
from explorer.model.records import LISTS, CaseHeader
from explorer.words import tr

FORMAT = "event-case"
MAJOR, MINOR = 1, 0
#: Records between two looks at whether the user gave up.
STRIDE = 500


@dataclass(slots=True)
class ReadCase:
    """A valid case as it was read; newer: it is of a later minor version, what this one does not know was left out."""

    header: CaseHeader
    lists: dict[str, list[Record]]
    messages: tuple[str, ...] = ()
    newer: bool = False

    def records(self) -> Iterator[Record]:
        """Yield all records, list by list in file order."""
        for name in LISTS:
            yield from self.lists[name]


def read(path: Path, *, progress: Progress = silent, cancelled: Cancelled = never) -> ReadCase:
    """Read and check a case; raises RefusedError with up to LIMIT problems, ReadingCancelled if asked to stop."""
    with collector_paused():
        text = read_text(path, progress=_part(progress, 0.0, 0.2), cancelled=cancelled)
        value, problems = parse(text)
        del text
        return _Reading(value, problems, _part(progress, 0.3, 1.0), cancelled).case()


def write(lines: Iterable[str], path: Path) -> None:
    """Write the pieces of a case's JSON (CaseFile.to_json) so that path is the old file or the whole new one."""
    path = path.resolve()
    new = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _part(progress: Progress, start: float, end: float) -> Progress:
    def tell(done: float, words: str) -> None:
        progress(start + (end - start) * done, words)

    return tell


@dataclass(slots=True)
class _Found:
    """Problems in the order they were met, one a path: as many as fit one message, the rest counted."""

    problems: list[Problem] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if self.full:
                return
            if problem.path not in self.paths:
                self.paths.add(problem.path)
                if len(self.problems) < LIMIT:
                    self.problems.append(problem)

    @property
    def full(self) -> bool:
        return len(self.paths) >= COUNTED

    @property
    def more(self) -> int | None:
        """How many problems are not told; None where there were too many to count."""
        return None if self.full else len(self.paths) - len(self.problems)


class _Reading:
    """One case on its way from plain values to records."""

    def __init__(self, value: Any, problems: list[Problem], progress: Progress, cancelled: Cancelled) -> None:
        self.value = value
        self.found = _Found()
        self.found.add(problems)
        self.progress = progress
        self.cancelled = cancelled
        self.newer = False
        self.without_list = False  # then everything that names its records would look wrong
        self.dropped: set[str] = set()
        self.raw_ids: dict[str, set[str]] = {name: set() for name in LISTS}

    def case(self) -> ReadCase:
        if not isinstance(self.value, dict):
            raise RefusedError(Problem("", shortened(self.value), tr("an object, { … }, that is a case")))
        self._version()
        raw = {name: self._list(name) for name in LISTS}
        header = self._header()
        numbered = self._records(raw)
        if not self.found.full and not self.without_list:
            self.found.add(
                check_between(numbered, self.raw_ids, self._step(0.5, sum(map(len, numbered.values()))))
            )
        if self.found.problems or header is None:
            raise RefusedError(*self.found.problems, more=self.found.more)
        lists = {name: [record for _, record in records] for name, records in numbered.items()}
        return ReadCase(header, lists, self._messages(), self.newer)

    def _version(self) -> None:
        """Refuse at once what is no case, and one of another major version: its fields would all look wrong."""
        form, version = self.value.get("format"), self.value.get("format_version")
        if form != FORMAT:
            found = tr("no format") if form is None else shortened(form)
            mend = tr("this file may be of another program") if form is None else ""
            raise RefusedError(*self.found.problems, Problem("format", found, f'"{FORMAT}"', mend))
        major, _, minor = version.partition(".") if isinstance(version, str) else ("", "", "")
        if (
            not (major.isascii() and major.isdigit() and minor.isascii() and minor.isdigit())
            or len(version) > 20
        ):
            return  # the header says what is wrong with it
        if int(major) != MAJOR:
            newer = (
                tr("it was written by a newer version of Dateline: open it with that")
                if int(major) > MAJOR
                else ""
            )
            expected = tr('"{major}.x", the version this program reads').format(major=MAJOR)
            raise RefusedError(Problem("format_version", shortened(version), expected, newer))
        self.newer = int(minor) > MINOR

    def _list(self, name: str) -> list[Any]:
        raw = self.value.pop(name, [])
        if isinstance(raw, list):
            return raw
        self.found.add([Problem(name, shortened(raw), tr("a list, [ … ]"))])
        self.without_list = True
        return []

    def _header(self) -> CaseHeader | None:
        try:
            header: CaseHeader = self._valid(CaseHeader, self.value)
        except ValidationError as error:
            self.found.add(_with_lists(problem) for problem in problems_of(error, "", self.value, CaseHeader))
            return None
        return header

    def _valid(self, model: type[Any], raw: Any) -> Any:
        """Return raw as a record; of a newer minor version, without the fields that this one does not know."""
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            unknown = unknown_fields(error) if self.newer else None
            if not unknown:
                raise
            for loc in unknown:
                self._drop(raw, loc)
            return model.model_validate(raw)

    def _drop(self, raw: Any, loc: tuple[int | str, ...]) -> None:
        here = raw
        for step in loc[:-1]:
            here = here[step]
        del here[loc[-1]]
        self.dropped.add(str(loc[-1]))

    def _records(self, raw: dict[str, list[Any]]) -> dict[str, list[tuple[int, Record]]]:
        step, done = self._step(0.0, sum(map(len, raw.values()))), 0
        numbered: dict[str, list[tuple[int, Record]]] = {name: [] for name in LISTS}
        for name, model in LISTS.items():
            for index, item in enumerate(raw[name]):
                step(done)
                done += 1
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    self.raw_ids[name].add(item["id"])
                try:
                    numbered[name].append((index, self._valid(model, item)))
                except ValidationError as error:
                    self.found.add(problems_of(error, f"{name}[{index}]", item, model))
            raw[name] = []
            if self.found.full:
                break
        return numbered

    def _step(self, start: float, total: int) -> Callable[[int], None]:
        """Return what tells how far half of the checking is, now and then, and stops where the user gave up."""

        def step(done: int) -> None:
            if done % STRIDE == 0:
                if self.cancelled():
                    raise ReadingCancelled
                self.progress(start + 0.5 * done / max(total, 1), tr("Checking the records"))

        return step

    def _messages(self) -> tuple[str, ...]:
        if not self.newer:
            return ()
        left = ", ".join(sorted(self.dropped)) or tr("nothing")
        return (
            tr("The case is of a newer version of the format: it is open for reading only; not understood: {fields}.")
            .format(fields=left),
        )  # fmt: skip


def _with_lists(problem: Problem) -> Problem:
    """Propose a list too for an unknown field of the case itself."""
    near = get_close_matches(problem.path, [*CaseHeader.model_fields, *LISTS], n=1, cutoff=0.6)
    if not near or problem.path in CaseHeader.model_fields or "." in problem.path:
        return problem
    return Problem(problem.path, problem.found, near[0], tr("did you mean {name}?").format(name=near[0]))
