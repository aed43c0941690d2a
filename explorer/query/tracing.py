"""Why an event was when it was, for a tooltip: each bound with the facts that set it, in words (design §4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.model.calendar import DAY
from explorer.model.phrases import bounds_words
from explorer.model.vocabulary import BASES
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.casefile.telling import Telling
    from explorer.chronology.bounds import Bound, Bounds, Side
    from explorer.chronology.facts import Fact

#: Of a longer chain the steps in the middle are counted; longer quotes are cut; more contradictions are in their panel.
MOST_STEPS, _LONGEST, _MOST_CLASHES = 5, 70, 2
_OUTER: tuple[tuple[Side, str], ...] = (("start_min", "not before {date}"), ("end_max", "not after {date}"))
_INNER: tuple[tuple[Side, str], ...] = (
    ("start_max", "begun by {date}"),
    ("end_min", "not over before {date}"),
)


def trace_lines(case: CaseFile, record_id: str, *, text_only: bool = False) -> list[str]:
    """Return one line for each bound that other facts or outside sources set, and one for each contradiction."""
    from explorer.casefile.telling import Telling

    telling, chronology = Telling(case), case.chronology(text_only=text_only)
    bounds = chronology.bounds(record_id)
    lines = []
    for side, words in _sides(bounds):
        bound: Bound = getattr(bounds, side)
        chain = chronology.reasons(record_id, side)
        if bound.finite and chain and (len(chain) > 1 or BASES[bound.basis] == "reference"):
            lines.append(_line(telling, bound, words, chain))
    clashes = (
        c for c in chronology.contradictions if any(record_id in (f.subject, f.other) for f in c.facts)
    )
    lines += [telling.contradiction(clash) for clash, _ in zip(clashes, range(_MOST_CLASHES), strict=False)]
    return lines


def _sides(bounds: Bounds) -> tuple[tuple[Side, str], ...]:
    """Return the outer bounds, of which one is known; else the inner ones."""
    outer = bounds.start_min.finite or bounds.end_max.finite
    return _OUTER if outer else _INNER


def _line(telling: Telling, bound: Bound, words: str, chain: tuple[Fact, ...]) -> str:
    first, last = bound.value, bound.value
    if first % DAY == 0 or (first + 1) % DAY == 0:  # the edge of a day stands for the day
        first -= first % DAY
        last = first + DAY - 1
    date = bounds_words(first, last, approx_start=bound.approx, approx_end=bound.approx)
    reasons = "; ".join(_steps(telling, chain))
    return tr("{bound} ({basis}): {reasons}").format(
        bound=tr(words).format(date=date), basis=_basis(telling, bound, chain), reasons=reasons
    )


def _basis(telling: Telling, bound: Bound, chain: tuple[Fact, ...]) -> str:
    """Return what the weakest fact of a chain rests on, with whom it is from."""
    match BASES[bound.basis]:
        case "reference":
            weakest = next((fact for fact in reversed(chain) if fact.citations), chain[-1])
            source = telling.references(weakest)
            known = tr("from outside the report: {source}").format(source=source)
            return known if source else tr("from outside the report")
        case "inferred":
            return tr("coder's reading")
        case _:
            return tr("in the text")


def _steps(telling: Telling, chain: tuple[Fact, ...]) -> Iterator[str]:
    """Yield the facts from the nearest to the last; of many the first and the last."""
    shown = chain if len(chain) <= MOST_STEPS else (*chain[: MOST_STEPS - 1], chain[-1])
    for number, fact in enumerate(shown):
        if number == MOST_STEPS - 1 and len(chain) > MOST_STEPS:
            yield tr("… {n} more steps …").format(n=len(chain) - MOST_STEPS)
        said, place = _quote(telling, fact), telling.place(fact)
        yield ", ".join(part for part in (telling.sentence(fact), said, place) if part)


def _quote(telling: Telling, fact: Fact) -> str:
    """Return the words that a fact was read from, “in response to these attacks”; "" where it cites none."""
    phrase = telling.phrase(fact.evidence) or ""
    if len(phrase) > _LONGEST:
        phrase = phrase[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{isolated(phrase)}”" if phrase else ""
