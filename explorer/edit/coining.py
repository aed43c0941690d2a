"""Actors, places and references that are made while something is coded; mentions of them; guesses, always shown.

What a form makes besides its record goes into the same edit: one press of Undo takes all of it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit.coding import code_event, code_link, code_relation
from explorer.edit.drafts import EventDraft, LinkDraft, RelationDraft
from explorer.edit.naming import quoted
from explorer.edit.passages import Marked, Passages
from explorer.edit.values import held, remade, with_value
from explorer.frozen import frozen
from explorer.model.records import LISTS, Actor, AnyRecord, Location, Mention
from explorer.model.vocabulary import MentionForm
from explorer.words import isolated, tr


@frozen
class Coined:
    """Something made on the way: list_name is actors, locations or references; kind is of an actor or a place."""

    id: str
    list_name: str
    name: str
    kind: str | None = None
    part_of: str | None = None
    url: str | None = None
    note: str | None = None


def record_of(coined: Coined) -> AnyRecord:
    """Return the record that something coined becomes. Raises CaseFileError where it cannot be one."""
    titled = coined.list_name == "references"
    raw: dict[str, Any] = {"id": coined.id, "title" if titled else "name": coined.name, "kind": coined.kind}
    raw |= {"part_of": coined.part_of, "url": coined.url, "note": coined.note}
    kind = LISTS[coined.list_name]
    return remade(kind, {name: value for name, value in raw.items() if value})


def code(
    case: CaseFile, draft: EventDraft | RelationDraft | LinkDraft, coined: Iterable[Coined] = ()
) -> Edit:
    """Return the one edit of a form: its record, and of what was coined whatever that names.

    Raises CaseFileError, with .problems, where the draft cannot be a record.
    """
    made = {each.id: each for each in coined}
    match draft:
        case EventDraft():
            edit = code_event(case, draft)
        case RelationDraft():
            edit = code_relation(case, draft, [record_of(each) for each in made.values()])
        case LinkDraft():
            edit = code_link(case, draft)
    named = _named_in(plain(edit.puts[-1]), made)
    return replace(edit, puts=(*(record_of(each) for each in named), *edit.puts))


def _named_in(raw: Any, made: dict[str, Coined]) -> list[Coined]:
    """Return what of made a record names, and what that lies in, outermost first."""
    words = set(_texts(raw))
    wanted: dict[str, Coined] = {}
    for each in (one for one in made.values() if one.id in words):
        above = each
        chain = [each]
        while above.part_of in made and made[above.part_of] not in chain:
            above = made[above.part_of]
            chain.append(above)
        wanted.update((one.id, one) for one in reversed(chain))
    return list(wanted.values())


def _texts(raw: Any) -> Iterable[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict | list):
        for each in raw.values() if isinstance(raw, dict) else raw:
            yield from _texts(each)


def mark(
    case: CaseFile,
    words: Iterable[Marked],
    refers_to: str | Coined,
    form: MentionForm,
    *,
    alias: str | None = None,
) -> Edit:
    """Return the edit that marks words as naming a record, which it makes where it is coined; alias: added to it."""
    passages = Passages(case)
    ids = passages.ids(words)
    coined = refers_to if isinstance(refers_to, Coined) else None
    record = record_of(coined) if coined else held(case, str(refers_to))[0]
    puts: tuple[AnyRecord, ...] = (record,) if coined else ()
    if alias and isinstance(record, Actor | Location) and alias not in (record.name, *record.aliases):
        puts = (with_value(record, "aliases", [*record.aliases, alias]),)
    record_id = str(getattr(record, "id", ""))
    mentions = [
        remade(Mention, {"span": span, "refers_to": record_id, "form": form})
        for span in ids
    ]  # fmt: skip
    name = tr("add {record}") if coined else tr("mark words as {record}")
    return Edit(name.format(record=quoted(record)), (*puts, *passages.new, *mentions))


def occurrences(text: str, words: str, but: int) -> list[tuple[int, int]]:
    """Return where else the same words stand as whole words: (start, end) in code points; but: the start left out."""
    if not words.strip():
        return []
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return [(one.start(), one.end()) for one in found if one.start() != but]


_PRONOUNS = frozenset((
    "he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "theirs", "i", "we", "us", "our",
    "who", "whom", "whose", "this", "that", "these", "those",
))  # fmt: skip


def guessed_form(words: str) -> MentionForm:
    """Return how words seem to name: "they" a pronoun, "Bashar al-Assad" a name, "the rebels" a description."""
    parts = words.split()
    if len(parts) == 1 and parts[0].casefold() in _PRONOUNS:
        return "pronoun"
    last = parts[-1].rpartition("-")[2] if parts else ""  # "al-Assad" is a name, "Iran-backed" is none
    return "nominal" if last[:1].islower() else "name"


_ACTOR_KINDS: tuple[tuple[str, str], ...] = (
    (r"milit(?:ia|iamen)", "militia"),
    (r"rebel|insurgen|guerrilla|jihadi|opposition fighters|faction", "rebel_group"),
    (r"gunm[ae]n|armed men|attackers?", "armed_unidentified"),
    (r"civilian|residents?|villagers?|children|women|families|refugees?", "civilians"),
    (r"protest|demonstrat|marchers", "protesters"),
    (r"sources?\b|witness|monitor|observatory|officials? said|spokes", "source"),
    (r"forces|troops|army|soldiers?|jets|navy|air force|military|police|guards?\b|warplanes", "state_forces"),
    (r"government|regime|ministry|cabinet|authorities", "government"),
    (r"united nations|\bu\.?n\.?\b|nato|european union|\beu\b|league|red cross", "international"),
    (r"party\b", "party"),
    (r"news|agency|television|\btv\b|newspaper|radio", "media"),
    (r"powers\b|bloc\b|allies|players", "grouping"),
    (r"people not identified|unidentified|unknown", "unidentified"),
    (r"president|minister|general\b|mr\.?\b|mrs\.?\b|dr\.?\b|king\b", "person"),
)
_PLACE_KINDS: tuple[tuple[str, str], ...] = (
    (r"governorate|province|state of", "admin1"),
    (r"district|county", "admin2"),
    (r"river|lake|sea\b|gulf|ocean|strait", "water"),
    (r"areas?\b|region|valley|front|countryside|middle east", "region"),
    (r"airport|base\b|hospital|bridge|square|school|prison|crossing|camp\b", "site"),
)


def guessed_kind(list_name: str, words: str) -> str:
    """Return the kind of actor or place that words suggest, which the user sees and changes; other or place if none."""
    table = _ACTOR_KINDS if list_name == "actors" else _PLACE_KINDS
    plain_words = words.casefold()
    found = next((kind for pattern, kind in table if re.search(pattern, plain_words)), None)
    return found or ("other" if list_name == "actors" else "place")


def said(coined: Coined) -> str:
    """Return what something coined is called, for a label."""
    return tr("{name} (new)").format(name=isolated(coined.name))
