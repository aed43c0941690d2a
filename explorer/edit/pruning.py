"""A record without what it says of records that are gone: on plain JSON, where every value has the same few names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

Raw = dict[str, Any]
_LISTS_OF_FACTS = (("participants", "actor"), ("places", "location"), ("quantities", ""))


class Pruning:
    """Prunes records of ids that are gone; parents: for a place that is gone, the place it lay in."""

    def __init__(self, gone: Collection[str], parents: Mapping[str, str | None]) -> None:
        self._gone = gone
        self._parents = parents

    def pruned(self, record_id: str, raw: Raw) -> Raw | None:
        """Return a record without what is gone; None where it cannot stand without that."""
        raw = {**raw}
        prefix = record_id.partition("-")[0]
        needed = {"sp": "document", "rel": "source target", "lnk": "source target"}.get(prefix, "")
        if any(raw[field] in self._gone for field in needed.split()):
            return None
        if prefix == "lnk" and (self._fact(raw)) is None:
            return None
        self._own_fields(raw)
        for field in ("time", "valid", "published"):
            self._put(raw, field, self._time(raw.get(field)))
        self._values(raw)
        if "claims" in raw:
            claims = [claim for each in raw["claims"] if (claim := self._claim(each)) is not None]
            if not claims:
                return None
            raw["claims"] = claims
        return self._fact(raw) if prefix == "lnk" else raw

    def _own_fields(self, raw: Raw) -> None:
        for field in ("merged_into", "dataset"):
            if raw.get(field) in self._gone:
                del raw[field]
        while raw.get("part_of") in self._gone:
            self._put(raw, "part_of", self._parents.get(raw["part_of"]))
        if "metadata_evidence" in raw:
            found = {name: self._left(spans) for name, spans in raw["metadata_evidence"].items()}
            self._put(raw, "metadata_evidence", {name: spans for name, spans in found.items() if spans})

    def _values(self, raw: Raw) -> None:
        for field, names in _LISTS_OF_FACTS:
            if field in raw:
                facts = [each for each in raw[field] if not names or each[names] not in self._gone]
                found = [fact for each in facts if (fact := self._fact(each)) is not None]
                self._put(raw, field, found)

    def _claim(self, claim: Raw) -> Raw | None:
        claim = {**claim, "evidence": self._left(claim["evidence"])}
        if not claim["evidence"]:
            return None
        self._attribution(claim)
        self._put(claim, "time", self._time(claim.get("time")))
        self._values(claim)
        return claim

    def _time(self, time: Raw | None) -> Raw | None:
        if time is None:
            return None
        if time.get("anchor") in self._gone:
            time = {key: value for key, value in time.items() if key not in {"anchor", "anchor_relation"}}
            if "edtf" not in time:
                return None
        return self._fact(time)

    def _fact(self, fact: Raw) -> Raw | None:
        """Return a value without what is gone; None where it then rests on nothing."""
        fact = {**fact}
        for field in ("evidence", "citations"):
            if field in fact:
                self._put(fact, field, self._left(fact[field]))
        if fact.get("of") in self._gone:
            del fact["of"]
        self._attribution(fact)
        rests_on = "citations" if fact.get("basis") == "reference" else "evidence"
        says_nothing = not {"edtf", "anchor", "location", "actor", "kind", "type"} & fact.keys()
        return fact if fact.get(rests_on) or says_nothing else None

    def _attribution(self, raw: Raw) -> None:
        said = raw.get("attribution")
        if said and said.get("actor") in self._gone:
            self._put(raw, "attribution", {key: value for key, value in said.items() if key != "actor"})

    def _left(self, ids: list[str]) -> list[str]:
        return [each for each in ids if each not in self._gone]

    @staticmethod
    def _put(raw: Raw, field: str, value: Any) -> None:
        if value:
            raw[field] = value
        else:
            raw.pop(field, None)


def spans_in(raw: Any) -> set[str]:
    """Return every span that a record of plain JSON cites."""
    return {each for each in _texts(raw) if each.startswith("sp-")}


def _texts(raw: Any) -> Iterator[str]:
    """Yield what stands under evidence, and in metadata_evidence."""
    waiting = [raw]
    while waiting:
        at = waiting.pop()
        if isinstance(at, list):
            waiting.extend(each for each in at if isinstance(each, dict))
            continue
        for field, value in at.items():
            if field == "evidence":
                yield from value
            elif field == "metadata_evidence":
                yield from (span for spans in value.values() for span in spans)
            elif isinstance(value, dict | list) and field not in {"ext", "codes", "external_ids"}:
                waiting.append(value)
