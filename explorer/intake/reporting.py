"""What is wrong with a case, and what is in it: plain data that the commands and the window print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from explorer.casefile.columns import KINDS, SOURCES, EventTable
from explorer.casefile.errors import CaseFileError
from explorer.casefile.evidence import identity
from explorer.casefile.store import CaseFile
from explorer.casefile.telling import Telling
from explorer.chronology.facts import Fact
from explorer.frozen import frozen
from explorer.model.evidence import claims_of
from explorer.model.invariants import check_header, check_record, check_unique, lint
from explorer.model.lists import list_of
from explorer.model.problems import Problem
from explorer.model.records import LISTS, Case, Dataset, Document
from explorer.model.schema_rules import with_rules
from explorer.model.times import OPEN_FUTURE, OPEN_PAST, day_of
from explorer.words import tr


class ProblemsFound(Exception):  # noqa: N818 - the name says what was found
    """An input that cannot be opened as it is: problems says all that is wrong (up to 50), source where it came from.

    more: how many problems there are besides, None where they were not counted to the end. str() has one line for
    each problem, which is what stderr and the dialog's Copy give.
    """

    def __init__(self, problems: tuple[Problem, ...], source: str = "", more: int | None = 0) -> None:
        self.problems = problems
        self.source = source
        self.more = more
        super().__init__("\n".join((*(str(problem) for problem in problems), *self.rest_words())))

    def rest_words(self) -> tuple[str, ...]:
        """Return the line that says how many problems are not told; none where all are."""
        if self.more is None:
            return (tr("… and more problems, too many to count"),)
        if not self.more:
            return ()
        template = tr("… and {n} more problem") if self.more == 1 else tr("… and {n} more problems")
        return (template.format(n=f"{self.more:,}"),)


def problems_found(error: CaseFileError, path: Path) -> ProblemsFound:
    """Return what a case file that cannot be used amounts to."""
    return ProblemsFound(error.problems or (Problem("", str(error), ""),), str(path))


@frozen
class Report:
    """What check found: problems are wrong, warnings may be oversights."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_case(case: CaseFile) -> Report:
    """Re-verify everything in a case: the file, every record, and all rules between them; lint gives warnings."""
    damaged = tuple(case.damage())
    if damaged:
        return Report(damaged, ())
    broken = tuple(_broken(case))
    return Report(broken, (*lint(case), *(() if broken else _contradicting(case))))


def _contradicting(case: CaseFile) -> Iterator[Problem]:
    """Yield what cannot all hold of when things were, and which fact was set aside, as warnings."""
    telling = Telling(case)
    for contradiction in case.chronology().contradictions:
        yield Problem(_where(contradiction.set_aside), telling.contradiction(contradiction), "")


def _where(fact: Fact) -> str:
    return f"{fact.record}.{fact.path}" if fact.path else fact.record


def contradictions(case: CaseFile, *, text_only: bool = False) -> list[dict[str, Any]]:
    """Return the sets of facts that cannot all hold, each fact with its words, its basis and its sentences."""
    telling, found = Telling(case), []
    for contradiction in case.chronology(text_only=text_only).contradictions:
        facts = [telling.told(fact) for fact in contradiction.facts]
        found.append({
            "words": telling.contradiction(contradiction),
            "set_aside": _where(contradiction.set_aside),
            "facts": [
                {"at": _where(each.fact), "words": each.words, "basis": each.basis, "place": each.place or None,
                 "spans": list(each.spans), "sentences": list(each.sentences), "citations": list(each.fact.citations)}
                for each in facts
            ],
        })  # fmt: skip
    return found


def _broken(case: CaseFile) -> Iterator[Problem]:
    yield from check_header(case.header())
    yield from check_unique(_named(case))
    lookup = case.lookup()
    for name in LISTS:
        for index, record in enumerate(case.all(name)):
            for problem in check_record(record, lookup):
                yield problem.under(f"{name}[{index}]")


def _named(case: CaseFile) -> Iterator[tuple[str, str]]:
    for name in LISTS:
        for index, record in enumerate(case.all(name)):
            path = f"{name}[{index}]"
            yield path, identity(record)
            yield from ((f"{path}.claims[{n}].id", claim.id) for n, claim in enumerate(claims_of(record)))


def info(case: CaseFile) -> dict[str, Any]:
    """Return what is in a case: counts, spans, coverage, dates, datasets with their licences, and its hash."""
    header, table = case.header(), case.table()
    claims = len(table.claims.document) + len(table.relations.claims.document)
    merged = dict.fromkeys(("actors", "locations", "events"), 0)
    for record_id in table.merged_ids:
        merged[list_of(record_id) or ""] += 1
    return {
        "id": header.id,
        "title": header.title,
        "description": header.description,
        "format_version": header.format_version,
        "created": header.created,
        "modified": header.modified,
        "coders": list(header.coders),
        "counts": {name: case.count(name) - merged.get(name, 0) for name in LISTS} | {"claims": claims},
        "merged": merged,
        "kinds": _counted(table.kind, KINDS),
        "sources": _counted(table.sources, SOURCES),
        "contradictions": int(np.count_nonzero(table.sources == SOURCES.index("differ"))),
        "time_contradictions": contradictions(case),
        "spans": case.span_counts(),
        "coverage": [_coverage(case, document) for document in _documents(case)],
        "dates": {
            "text_only": _dates(table, text_only=True),
            "with_references": _dates(table, text_only=False),
        },
        "datasets": [
            dataset.model_dump(mode="json", exclude_none=True)
            for dataset in case.all("datasets")
            if isinstance(dataset, Dataset)
        ],
        "case_hash": case.case_hash(),
        "content_version": case.version,
        "read_only": case.read_only,
        "messages": list(case.messages),
    }


def _counted(codes: np.ndarray[Any, np.dtype[np.uint8]], words: tuple[str, ...]) -> dict[str, int]:
    return dict(zip(words, np.bincount(codes, minlength=len(words)).tolist(), strict=True))


def _documents(case: CaseFile) -> Iterator[Document]:
    return (record for record in case.all("documents") if isinstance(record, Document))


def _coverage(case: CaseFile, document: Document) -> dict[str, Any]:
    carrying = case.sentences_with_facts(document.id)
    return {
        "document": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "sentences": len(document.sentences),
        "with_facts": len(carrying),
        "without_facts": len(document.sentences) - len(carrying),
    }


def _dates(table: EventTable, *, text_only: bool) -> dict[str, Any]:
    """Return the first and last day that any event is bounded by, and how many have no bound at all."""
    times = table.times(text_only=text_only)
    starts = np.concatenate((times.start_min, times.end_min))
    ends = np.concatenate((times.end_max, times.start_max))
    starts, ends = (
        starts[(starts != OPEN_PAST) & (starts != OPEN_FUTURE)],
        ends[(ends != OPEN_FUTURE) & (ends != OPEN_PAST)],
    )
    return {
        "earliest": day_of(int(starts.min())) if len(starts) else None,
        "latest": day_of(int(ends.max())) if len(ends) else None,
        "undated": int(np.count_nonzero(times.undated)),
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a case (event-case 1.0), with a sentence on each of its records."""
    said = with_rules(Case.model_json_schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **said,
        "title": "event-case 1.0",
    }
