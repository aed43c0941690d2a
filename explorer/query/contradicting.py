"""Facts about time that cannot all hold, ready to be shown: each with its words, its sentence and a way to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.frozen import frozen
from explorer.query.describe import plural
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.casefile.telling import Telling
    from explorer.chronology.facts import Fact

_DATED = ("doc", "evt", "rel")


@frozen
class ClashingFact:
    """One of the facts that cannot all hold.

    record: where it stands; dated: it is a date, which can be set anew. words: what it says, and in brackets what it
    rests on; sentences: as printed; spans: what leads to them. aside: it is the one that no bound rests on now.
    """

    record: str
    words: str
    sentences: tuple[str, ...]
    spans: tuple[str, ...]
    dated: bool
    aside: bool


@frozen
class Clash:
    """Facts that cannot all hold; take any one away, and the others can. mend says how to."""

    facts: tuple[ClashingFact, ...]
    mend: str


def clashes(case: CaseFile, *, text_only: bool = False) -> Iterator[Clash]:
    """Yield the contradictions of a case, one by one; text_only: of what the reports alone say (design §3a)."""
    from explorer.casefile.telling import Telling

    found = case.chronology(text_only=text_only).contradictions
    telling = Telling(case)
    for each in found:
        facts = tuple(_clashing(telling, fact, aside=fact == each.set_aside) for fact in each.facts)
        yield Clash(facts, _mend(telling, each.set_aside))


def count_words(number: int) -> str:
    """Return how many contradictions there are: "1 contradiction"; "" for none."""
    return plural(number, "{n} contradiction", "{n} contradictions") if number else ""


def _clashing(telling: Telling, fact: Fact, *, aside: bool) -> ClashingFact:
    told = telling.told(fact)
    dated = fact.kind == "date" and fact.record.partition("-")[0] in _DATED
    return ClashingFact(fact.record, telling.founded(fact), told.sentences, told.spans, dated, aside)


def _mend(telling: Telling, aside: Fact) -> str:
    return tr(
        "All other times are worked out without the fact that is set aside: {fact}. "
        "To mend it, correct the fact that is wrong or take it away, or undo the edit that brought it in."
    ).format(fact=isolated(telling.sentence(aside)))
