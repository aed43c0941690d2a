"""PLOVER 2.0 types, modes and quad classes, and ACLED sub-events (model.md §3, tables from the two codebooks)."""

from __future__ import annotations

#: quad class -> event types
QUAD_CLASSES = {
    "verbal_cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material_cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal_conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material_conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
QUAD_OF = {code: quad for quad, codes in QUAD_CLASSES.items() for code in codes}
TYPES = tuple(QUAD_OF)

MODES = {
    "CONSULT": "multilateral phone third-party visit",
    "RETREAT": "access ceasefire disarm release resign withdraw",
    "REQUEST": "assist change meet yield",
    "ACCUSE": "allege disapprove investigate",
    "REJECT": "assist change meet yield",
    "THREATEN": "arrest expel relations restrict territory violence",
    "PROTEST": "boycott demo hunger obstruct riot strike",
    "SANCTION": "convict discontinue expel withdraw",
    "MOBILIZE": "militia police troops weapons",
    "COERCE": "arrest censor curfew cyber deport martial-law misinformation restrict seize withhold",
    "ASSAULT": "abduct aerial beat crowd-control destroy drone explosives firearms heavy-weapons primitive sexual "
    "suicide-attack targeted torture unconventional",
}
MODES_OF = {code: tuple(modes.split()) for code, modes in MODES.items()}

ACLED_SUB_EVENTS = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Protests": (
        "Peaceful protest", "Protest with intervention", "Excessive force against protesters",
    ),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
}  # fmt: skip
ACLED_TYPE_OF = {sub: kind for kind, subs in ACLED_SUB_EVENTS.items() for sub in subs}


def quad_of(event_type: str | None) -> str | None:
    """Return the PLOVER quad class of a type; None for an unclassified event."""
    return QUAD_OF.get(event_type) if event_type else None


def hue_of(event_type: str | None, contexts: tuple[str, ...] = ()) -> str:
    """Return the colour role of a type: force, threat, talk, civil, armed or none (design §4 and §8).

    Help with a military context is "armed": it is help to one side, not peace.
    """
    quad = quad_of(event_type)
    if quad == "material_cooperation":
        return "armed" if event_type == "AID" and "military" in contexts else "civil"
    return {
        "material_conflict": "force", "verbal_conflict": "threat", "verbal_cooperation": "talk", None: "none",
    }[quad]  # fmt: skip
