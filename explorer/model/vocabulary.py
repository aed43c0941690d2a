"""The closed lists of words that records are coded in (model.md §3), known without loading a record."""

from __future__ import annotations

from typing import Literal

Basis = Literal["stated", "inferred", "reference"]
#: Weakest first, so that the weakest basis of a chain is the smallest code; columns hold positions in this tuple.
BASES = ("none", "reference", "inferred", "stated")
Precision = Literal["day", "days", "week", "month", "year", "longer", "open", "unknown"]
AnchorRelation = Literal["before", "at", "after", "overlaps"]
PlaceRole = Literal["at", "from", "via", "to"]
Role = Literal["actor", "recipient", "beneficiary", "party", "affected"]
QuantityKind = Literal[
    "fatalities", "injured", "casualties", "displaced", "detained", "forces", "duration", "other"
]
Qualifier = Literal[
    "exactly", "about", "at_least", "more_than", "at_most", "fewer_than", "range", "unspecified"
]
Modality = Literal["asserted", "expected", "possible", "denied", "assessment"]
DenialOf = Literal["occurrence", "actor", "number", "place", "time"]

DocumentKind = Literal["news_article", "report", "post", "dataset_row", "other"]
MentionForm = Literal["name", "nominal", "pronoun", "trigger"]
ActorKind = Literal[
    "state", "government", "state_forces", "rebel_group", "militia", "identity_group", "armed_unidentified",
    "party", "person", "civilians", "protesters", "international", "media", "source", "grouping",
    "unidentified", "other",
]  # fmt: skip
LocationKind = Literal["country", "admin1", "admin2", "place", "site", "region", "water"]
EventKind = Literal["occurrence", "state", "episode"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Confidence = Literal["low", "medium", "high"]
Status = Literal["unreviewed", "checked", "disputed"]
RelationType = Literal["supports", "allied_with", "opposes", "leads", "part_of", "other"]
Polarity = Literal["cooperative", "conflictual", "neutral"]
LinkType = Literal[
    "before", "contains", "overlaps", "simultaneous", "causes", "enables", "part_of", "in_response_to",
    "possibly_same",
]  # fmt: skip
