"""The plain words of design §4, and the one door to translation for code that knows no Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

Translator = Callable[[str], str]
_translate: Translator = str


def install(translator: Translator) -> None:
    """Make tr() use translator from now on (the application installs Qt's)."""
    global _translate  # noqa: PLW0603 - the one process-wide language
    _translate = translator


def tr(text: str) -> str:
    """Return text in the user's language; placeholders are filled afterwards with str.format."""
    return _translate(text)


NOT_STATED = "not stated"

KIND_WORDS = {"happened": "Happened", "ongoing": "Ongoing", "situation": "Situation", "expected": "Expected"}
BASIS_WORDS = {
    "stated": "In the text",
    "inferred": "Coder's reading",
    "reference": "From outside the report",
    "none": "not stated",
}
ROLE_WORDS = {
    "actor": "Did it",
    "recipient": "Target",
    "beneficiary": "For",
    "party": "Took part",
    "affected": "Suffered it",
}
PLACE_ROLE_WORDS = {"at": "happened in", "from": "came from", "via": "came through", "to": "went to"}
MODALITY_WORDS = {
    "asserted": "Reported as fact",
    "expected": "Expected",
    "possible": "Possible",
    "denied": "Denied",
    "assessment": "The writer's judgement",
}
QUAD_WORDS = {
    "material_conflict": "Force or coercion",
    "verbal_conflict": "Threats and accusations",
    "verbal_cooperation": "Talks and backing in words",
    "material_cooperation": "Help given",
    "armed": "Armed help",
    "": "Not classified",
}
HUE_WORDS = {
    "force": "Force or coercion",
    "threat": "Threats and accusations",
    "talk": "Talks and backing in words",
    "civil": "Help given",
    "armed": "Armed help",
    "none": "Not classified",
}
TYPE_WORDS = {
    "AGREE": "Agreement", "CONSULT": "Talks", "SUPPORT": "Backing in words", "CONCEDE": "Concession",
    "COOPERATE": "Working together", "AID": "Help given", "RETREAT": "Withdrawal or release",
    "REQUEST": "Demand", "ACCUSE": "Accusation", "REJECT": "Refusal", "THREATEN": "Threat",
    "PROTEST": "Protest",
    "SANCTION": "Ties cut or penalties", "MOBILIZE": "Forces moved", "COERCE": "Coercion",
    "ASSAULT": "Violence",
}  # fmt: skip
MODE_WORDS = {
    "ASSAULT/aerial": "Violence – air strike",
    "ASSAULT/drone": "Violence – drone strike",
    "ASSAULT/explosives": "Violence – explosives",
    "ASSAULT/heavy-weapons": "Violence – shelling",
    "ASSAULT/firearms": "Violence – firearms",
    "ASSAULT/suicide-attack": "Violence – suicide attack",
    "COERCE/seize": "Taking territory",
}
SOURCES_WORDS = {"one": "One source", "several": "Several sources", "differ": "They differ"}
STATUS_WORDS = {"unreviewed": "unreviewed", "checked": "checked", "disputed": "disputed"}
QUANTITY_WORDS = {
    "fatalities": "Killed", "injured": "Injured", "casualties": "Casualties", "displaced": "Displaced",
    "detained": "Detained", "forces": "Forces", "duration": "Duration", "other": "Number",
}  # fmt: skip
RELATION_WORDS = {
    "supports": "supports", "allied_with": "allied with", "opposes": "opposes", "leads": "leads",
    "part_of": "part of", "other": "tie",
}  # fmt: skip
LINK_WORDS = {
    "before": "before", "contains": "contains", "overlaps": "overlaps", "simultaneous": "at the same time as",
    "causes": "causes", "enables": "makes possible", "part_of": "part of",
    "in_response_to": "reported as a response to", "possibly_same": "possibly the same as",
}  # fmt: skip
PRECISION_WORDS = {
    "day": "to the day", "days": "within days", "week": "within a week", "month": "within a month",
    "year": "within a year", "longer": "longer than a year", "open": "open at one end",
    "unknown": "not stated",
}  # fmt: skip


def type_words(event_type: str | None, mode: str | None = None, contexts: Sequence[str] = ()) -> str:
    """Return the plain words of a PLOVER type and mode; "Not classified" without a type.

    Help in a military context is "Military support" (design §4).
    """
    if not event_type:
        return tr(QUAD_WORDS[""])
    if event_type == "AID" and "military" in contexts:
        return tr("Military support")
    if mode:
        known = MODE_WORDS.get(f"{event_type}/{mode}")
        return (
            tr(known) if known else f"{tr(TYPE_WORDS.get(event_type, event_type))} – {mode.replace('-', ' ')}"
        )
    return tr(TYPE_WORDS.get(event_type, event_type))


_BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_STRONG_RTL = frozenset({"R", "AL", "AN"})


def flat(text: str) -> str:
    """Return text as one line: white space is single blanks, and a control character is seen as one (U+FFFD)."""
    if text.isprintable() and "  " not in text:
        return text
    joined = " ".join(text.split())
    return joined if joined.isprintable() else "".join(map(_seen, joined))


def _seen(character: str) -> str:
    return "\ufffd" if unicodedata.category(character) == "Cc" else character


def isolated(text: str) -> str:
    """Return foreign text so that it cannot reorder ours (design §7), on one line.

    Bidi controls that could leak are dropped; right-to-left letters come between U+2068 and U+2069.
    """
    text = flat(text)
    if text.isascii():
        return text
    kept = flat(text.translate(_BIDI_CONTROLS))
    needs = kept != text or any(unicodedata.bidirectional(c) in _STRONG_RTL for c in kept)
    return f"\u2068{kept}\u2069" if needs else kept


#: Facets of the filter, as chips and panels name them.
FACET_WORDS = {
    "kinds": "Kind", "actors": "Actor", "places": "Place", "types": "Classification", "quads": "Class of act",
    "basis": "Dates rest on", "precision": "Date known", "documents": "Document", "publishers": "Publisher",
    "according_to": "According to", "reported_as": "Reported as", "sources": "Sources", "status": "Status",
    "tags": "Tag",
}  # fmt: skip
#: One and several of a kind; counts name the kinds and never add them up as "events" (design §3a).
KIND_COUNT_WORDS = {
    "happened": ("{n} event", "{n} events"),
    "ongoing": ("{n} ongoing", "{n} ongoing"),
    "situation": ("{n} background statement", "{n} background statements"),
    "expected": ("{n} expectation", "{n} expectations"),
}
ACTOR_KIND_WORDS = {
    "state": "State", "government": "Government", "state_forces": "State forces",
    "rebel_group": "Rebel group", "militia": "Militia", "identity_group": "Identity group",
    "armed_unidentified": "Armed, not identified",
    "party": "Political party", "person": "Person", "civilians": "Civilians", "protesters": "Protesters",
    "international": "International body", "media": "Media", "source": "Source", "grouping": "Grouping",
    "unidentified": "not stated", "other": "Other",
}  # fmt: skip
LOCATION_KIND_WORDS = {
    "country": "Country", "admin1": "First-level division", "admin2": "Second-level division",
    "place": "Place", "site": "Site", "region": "Region", "water": "Water",
}  # fmt: skip
CONFIDENCE_WORDS = {"low": "low", "medium": "medium", "high": "high"}
DENIAL_WORDS = {
    "occurrence": "denies that it happened",
    "actor": "denies who did it",
    "number": "denies the number",
    "place": "denies the place",
    "time": "denies the time",
}
ANCHOR_WORDS = {
    "before": "before {what}",
    "at": "at the time of {what}",
    "after": "after {what}",
    "overlaps": "going on at the time of {what}",
}
POLARITY_WORDS = {
    "cooperative": "working together",
    "conflictual": "against each other",
    "neutral": "neither for nor against",
}


def full_disk(path: object) -> str:
    """Return what is said where not all of a file could be written, which Qt calls an unknown error."""
    return tr(
        "{path} could not be written: the disk, or your share of it, is full. What was there before is as it was."
    ).format(path=path)
