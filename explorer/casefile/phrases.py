"""The words that dates were read from, for many events at once: "following a series of airstrikes"."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.casefile.connection import Database

_TIMES = (
    "SELECT id, json_extract(body, '$.time.basis'), json_extract(body, '$.time.evidence') FROM events"
    " WHERE id IN (SELECT value FROM json_each(?))"
)
_QUOTES = "SELECT id, json_extract(body, '$.quote') FROM spans WHERE id IN (SELECT value FROM json_each(?))"


class TimePhrases:
    """Looks up in a case file what the times of events were read from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, ids: Iterable[str], *, text_only: bool = False) -> list[str]:
        """Return the phrase of each event, in their order; "" where its time cites no words, or does not count."""
        wanted = list(ids)
        cited: dict[str, list[str]] = {}
        for name, basis, evidence in self._database.rows(_TIMES, (json.dumps(wanted),)):
            if evidence and not (text_only and basis == "reference"):
                cited[name] = json.loads(evidence)
        spans = sorted({span for each in cited.values() for span in each})
        quotes = dict(self._database.rows(_QUOTES, (json.dumps(spans),))) if spans else {}
        return [joined(quotes.get(span) for span in cited.get(name, ())) for name in wanted]


def joined(quotes: Iterable[str | None]) -> str:
    """Return quotes as one phrase: each once, with an ellipsis between them."""
    return " … ".join(dict.fromkeys(quote for quote in quotes if quote))
