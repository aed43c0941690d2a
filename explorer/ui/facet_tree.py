"""The sections of the filter panel: which facets it shows, in which order, and the words of their values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer import words
from explorer.casefile.columns import BASES, KINDS, MODALITIES, PRECISIONS, SOURCES, STATUSES, EventTable
from explorer.casefile.texts import distinct_of
from explorer.model.codebook import MODES_OF, QUAD_CLASSES
from explorer.query.filters import NOT_STATED
from explorer.ui.facet_values import Values
from explorer.words import tr

#: Sections that are open when a case is opened; the rest wait folded, and are not counted.
OPEN_SECTIONS = ("kinds", "actors", "places", "basis")
#: With more documents than this, each row is one: their publishers stand for them (design §3a, Lanes).
MOST_DOCUMENTS = 1_000


def sections(table: EventTable) -> list[Values]:
    """Return the sections of a case in the order of design §4; facets without values are left out."""
    makers = (
        _kinds, _actors, _places, _acts, _basis, _precision, _reported_as, _according_to, _sources, _documents,
        _publishers, _status, _tags,
    )  # fmt: skip
    return [section for section in (make(table) for make in makers) if len(section)]


def _coded(
    facet: str,
    heading: str,
    codes: Sequence[str],
    plain: dict[str, str],
    *,
    color: str = "none",
    unstated: bool,
) -> Values:
    section = Values(
        facet, heading, codes, [tr(plain[code]) for code in codes], color=color, unstated=unstated
    )
    section.terms, section.foreign = codes, False
    return section


def _kinds(_table: EventTable) -> Values:
    return _coded("kinds", tr("Kind"), KINDS, words.KIND_WORDS, color="talk", unstated=False)


def _basis(_table: EventTable) -> Values:
    codes = [basis for basis in reversed(BASES) if basis != "none"]
    return _coded("basis", tr("Dates rest on"), codes, words.BASIS_WORDS, unstated=True)


def _precision(_table: EventTable) -> Values:
    codes = [code for code in PRECISIONS if code != "unknown"]
    return _coded("precision", tr("Precision of dates"), codes, words.PRECISION_WORDS, unstated=True)


def _reported_as(_table: EventTable) -> Values:
    return _coded("reported_as", tr("Reported as"), MODALITIES, words.MODALITY_WORDS, unstated=False)


def _sources(_table: EventTable) -> Values:
    return _coded("sources", tr("Sources"), SOURCES, words.SOURCES_WORDS, unstated=False)


def _status(_table: EventTable) -> Values:
    return _coded("status", tr("Review"), STATUSES, words.STATUS_WORDS, unstated=False)


def _according_to(table: EventTable) -> Values:
    return Values("according_to", tr("According to"), table.attributions, table.attributions)


def _tags(table: EventTable) -> Values:
    return Values("tags", tr("Tags"), table.tag_names, table.tag_names)


def _documents(table: EventTable) -> Values:
    ids, titles = table.documents.ids, table.documents.titles
    if len(ids) > MOST_DOCUMENTS:
        ids, titles = (), ()
    return Values("documents", tr("Document"), tuple(ids), tuple(titles), unstated=False)


def _publishers(table: EventTable) -> Values:
    names = tuple(filter(None, distinct_of(table.documents.publishers)))
    return Values("publishers", tr("Publisher"), names, names)


def _acts(table: EventTable) -> Values:
    """Quad classes over PLOVER types over modes: plain words first, the codebook's term in the tooltip."""
    hues = {"material_conflict": "force", "verbal_conflict": "threat", "verbal_cooperation": "talk"}
    present = {table.modes[mode] for mode in np.flatnonzero(np.bincount(table.mode)).tolist() if mode}
    rows: list[tuple[str, str, str, str, str, int]] = []
    for quad in ("material_conflict", "verbal_conflict", "verbal_cooperation", "material_cooperation"):
        color, group = hues.get(quad, "civil"), len(rows)
        rows.append(("quads", quad, tr(words.QUAD_WORDS[quad]), quad, color, -1))
        for code in QUAD_CLASSES[quad]:
            kind = len(rows)
            rows.append(("types", code, words.type_words(code), code, color, group))
            rows += [
                ("types", f"{code}/{mode}", words.type_words(code, mode), f"{code} · {mode}", color, kind)
                for mode in MODES_OF.get(code, ())
                if mode in present
            ]
    facets, values, labels, terms, colors, parents = zip(*rows, strict=True)
    section = Acts("types", tr("Classification (coder's)"), values, labels)
    section.facets, section.terms, section.colors, section.foreign = facets, terms, colors, False
    return section.below(np.array(parents, np.int32))


class Acts(Values):
    """Classifications, where what is not stated is not classified."""

    def label(self, key: int) -> str:
        """Return the words of a value."""
        return tr("Not classified") if self.value(key) == NOT_STATED else super().label(key)


def camps(table: EventTable) -> dict[str, str]:
    """Return the colour role of each camp, in order of first appearance."""
    sides = list(dict.fromkeys(side for side in table.actors.sides if side))
    return {side: f"camp{i % 8}" for i, side in enumerate(sides)}


def _actors(table: EventTable) -> Values:
    """Actors by camp, those that are part of another, or lead it, below it."""
    actors, roles = table.actors, camps(table)
    parents = np.full(len(actors.ids), -1, np.int32)
    for pairs in (actors.leads, actors.part_of):  # part_of has the last word, and of several the first
        both = pairs.reshape(-1, 2)[::-1]
        parents[both[:, 0]] = both[:, 1]
    place = {side: i for i, side in enumerate(roles)}
    camp = np.array([place.get(side, len(place)) for side in actors.sides], np.int32)
    section = Values("actors", tr("Actors"), actors.ids, actors.names)
    section.terms = [", ".join(names) for names in actors.aliases]
    section.colors = [roles.get(side, "camp_none") for side in actors.sides]
    return section.below(parents, np.argsort(camp, kind="stable"))


def _places(table: EventTable) -> Values:
    places = table.locations
    section = Values("places", tr("Places"), places.ids, places.names)
    section.terms = [", ".join(names) for names in places.aliases]
    return section.below(places.parent)
