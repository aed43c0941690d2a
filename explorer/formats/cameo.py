"""CAMEO codes of ICEWS and GDELT as PLOVER types and modes (PLOVER manual, "CAMEO to PLOVER"; model.md §8)."""

from __future__ import annotations

#: CAMEO root -> PLOVER type. 01, public statements, has none.
_ROOTS = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE",
    "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST",
    "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
#: Beginnings of codes that differ from their root, or have a mode; the longest that fits counts.
_CODES: dict[str, tuple[str, str | None]] = {
    "041": ("CONSULT", "phone"), "042": ("CONSULT", "visit"), "043": ("CONSULT", "visit"),
    "045": ("CONSULT", "third-party"),
    "084": ("RETREAT", "release"), "0841": ("RETREAT", "release"), "085": ("CONCEDE", None),
    "086": ("RETREAT", "access"), "087": ("RETREAT", None), "0871": ("RETREAT", "ceasefire"),
    "0872": ("RETREAT", "ceasefire"), "0873": ("RETREAT", "disarm"), "0874": ("RETREAT", "withdraw"),
    "09": ("ACCUSE", "investigate"), "11": ("ACCUSE", "disapprove"), "112": ("ACCUSE", "allege"),
    "141": ("PROTEST", "demo"), "142": ("PROTEST", "hunger"), "143": ("PROTEST", "strike"),
    "144": ("PROTEST", "obstruct"), "145": ("PROTEST", "riot"),
    "151": ("MOBILIZE", "police"), "152": ("MOBILIZE", "troops"), "153": ("MOBILIZE", "weapons"),
    "154": ("MOBILIZE", "troops"),
    "161": ("SANCTION", "withdraw"), "166": ("SANCTION", "expel"),
    "171": ("COERCE", "seize"), "1711": ("COERCE", "seize"), "1712": ("ASSAULT", "destroy"),
    "172": ("COERCE", "restrict"), "1723": ("COERCE", "curfew"), "1724": ("COERCE", "martial-law"),
    "173": ("COERCE", "arrest"), "174": ("COERCE", "deport"), "175": ("COERCE", None), "176": ("COERCE", "cyber"),
    "181": ("ASSAULT", "abduct"), "182": ("ASSAULT", "beat"), "1821": ("ASSAULT", "sexual"),
    "1822": ("ASSAULT", "torture"), "183": ("ASSAULT", "explosives"), "1831": ("ASSAULT", "suicide-attack"),
    "1832": ("ASSAULT", "explosives"), "1833": ("ASSAULT", "explosives"), "185": ("ASSAULT", "targeted"),
    "186": ("ASSAULT", "targeted"), "191": ("COERCE", "restrict"), "192": ("COERCE", "seize"),
    "193": ("ASSAULT", "firearms"), "194": ("ASSAULT", "heavy-weapons"), "195": ("ASSAULT", "aerial"),
    "204": ("ASSAULT", "unconventional"),
}  # fmt: skip


def plover_of(code: str) -> tuple[str | None, str | None]:
    """Return PLOVER type and mode of a CAMEO code ("195": ASSAULT, aerial); (None, None) where it has none.

    A code that lost its leading zero on the way ("40", "841") is read with it.
    """
    if code.isascii() and code.isdigit() and int(code[:2]) > 20:
        code = f"0{code}"
    for length in (4, 3, 2):
        found = _CODES.get(code[:length]) if len(code) >= length else None
        if found is not None:
            return found
    return _ROOTS.get(code[:2]), None
