"""Who is who: actors, places and events that turn out to be one are merged, and can be parted again at any time.

A merge leaves a redirect (`merged_into`); facts keep pointing at the old id and count for the one that stays
(model.md §3). Merging events also lets the one that stays say what the other said: see sameevent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.coding import fact_of, fresh_id
from explorer.edit.drafts import Founded
from explorer.edit.naming import quoted
from explorer.edit.passages import Passages
from explorer.edit.values import held, remade, with_value
from explorer.model.problems import Problem
from explorer.model.records import Actor, AnyRecord, Location, Relation
from explorer.words import tr


def merge(case: CaseFile, stays: str, goes: str | Iterable[str]) -> Edit:
    """Return the edit that makes actors or places one; the names of those that go become other names of the one.

    Raises CaseFileError where they are not of one list, or one of them is merged already. Events: sameevent.join.
    """
    (kept,), gone = held(case, stays), held(case, goes)
    if not isinstance(kept, Actor | Location) or any(type(each) is not type(kept) for each in gone):
        raise _refused(tr("records of different kinds"), tr("actors, or places, to merge"))
    _refuse_merged(case, [kept, *gone])
    made = [with_value(each, "merged_into", kept.id) for each in gone]
    if isinstance(kept, Actor):
        kept = with_value(kept, "aliases", _names(kept, [each for each in gone if isinstance(each, Actor)]))
        made.append(kept)
    others = " ".join(quoted(each) for each in gone)
    return Edit(tr("merge {others} into {kept}").format(others=others, kept=quoted(kept)), tuple(made))


def part(case: CaseFile, record_id: str) -> Edit:
    """Return the edit that takes a merge of an actor or a place back; names that came with it go with it."""
    (record,) = held(case, record_id)
    into = getattr(record, "merged_into", None)
    if into is None:
        raise _refused(
            tr("{record}, which is not merged").format(record=quoted(record)), tr("a merged record")
        )
    made: list[AnyRecord] = [with_value(record, "merged_into", None)]
    (kept,) = held(case, into)
    if isinstance(kept, Actor) and isinstance(record, Actor):
        others = {
            name for each in merged_with(case, into) if each.id != record_id for name in _names_of(each)
        }
        gone = set(_names_of(record)) - others
        left = [alias for alias in kept.aliases if alias not in gone]
        if left != list(kept.aliases):
            made.append(with_value(kept, "aliases", left))
    return Edit(tr("part {record} from {kept}").format(record=quoted(record), kept=quoted(kept)), tuple(made))


def merged_with(case: CaseFile, record_id: str) -> list[Actor | Location]:
    """Return the actors or places that were merged into a record, in list order."""
    name = "actors" if record_id.startswith("act-") else "locations"
    return [
        each
        for each in case.all(name)
        if isinstance(each, Actor | Location) and each.merged_into == record_id
    ]


def rename(case: CaseFile, record_id: str, name: str) -> Edit:
    """Return the edit that renames an actor or a place; an actor keeps the old name among its other names."""
    (record,) = held(case, record_id)
    made = with_value(record, "name", name)
    if isinstance(record, Actor) and isinstance(made, Actor) and record.name not in record.aliases:
        made = with_value(made, "aliases", [each for each in (*record.aliases, record.name) if each != name])
    return Edit(tr("rename {record} to ‘{name}’").format(record=quoted(record), name=name), (made,))


def group(case: CaseFile, member: str, whole: str, founded: Founded) -> Edit:
    """Return the edit that says an actor is part of another, with the words that say so (a relation with evidence)."""
    passages = Passages(case)
    said = fact_of(founded, passages)
    source, target = held(case, member)[0], held(case, whole)[0]
    claim = {
        "id": fresh_id(case, "clm", f"{member[4:]} in {whole[4:]}"),
        "evidence": said.get("evidence", []),
    }
    claim |= {key: said[key] for key in ("basis", "note") if key in said}
    record_id = fresh_id(case, "rel", f"{member[4:]} part of {whole[4:]}")
    relation = remade(
        Relation,
        {
            "id": record_id, "source": member, "target": whole, "type": "part_of", "polarity": "cooperative",
            "basis": founded.basis, "claims": [claim],
        },
    )  # fmt: skip
    name = tr("group {member} under {whole}").format(member=quoted(source), whole=quoted(target))
    return Edit(name, (*passages.new, relation))


def _names_of(record: Actor | Location) -> list[str]:
    return [record.name, *(record.aliases if isinstance(record, Actor) else ())]


def _names(kept: Actor, gone: Sequence[Actor]) -> list[str]:
    found = [*kept.aliases, *(name for each in gone for name in _names_of(each))]
    return [name for name in dict.fromkeys(found) if name != kept.name]


def _refuse_merged(case: CaseFile, records: Sequence[AnyRecord]) -> None:
    ids = [str(getattr(record, "id", "")) for record in records]
    if len(set(ids)) < len(ids):
        raise _refused(tr("one record twice"), tr("different records to merge"))
    for record in records:
        if (into := getattr(record, "merged_into", None)) is not None:
            kept = quoted(held(case, into)[0])
            found = tr("{record}, which is merged into {kept}").format(record=quoted(record), kept=kept)
            raise _refused(found, tr("records that stand by themselves"))


def _refused(found: str, expected: str) -> CaseFileError:
    problem = Problem("merged_into", found, expected)
    return CaseFileError(str(problem), (problem,))
