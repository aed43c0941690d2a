"""Times that are not exact: EDTF levels 0-1 and the set forms of level 2, as bounds in int64 seconds UTC.

The one door to what `calendar` computes, `edtf` parses and `phrases` puts into words.
"""

from __future__ import annotations

from explorer.model.calendar import DAY, OPEN_FUTURE, OPEN_PAST, day_of, precision_of
from explorer.model.edtf import Edtf, EdtfError, parse_edtf
from explorer.model.phrases import bounds_words, date_words, edtf_words, year_words

__all__ = [
    "DAY",
    "OPEN_FUTURE",
    "OPEN_PAST",
    "Edtf",
    "EdtfError",
    "bounds_words",
    "date_words",
    "day_of",
    "edtf_words",
    "parse_edtf",
    "precision_of",
    "year_words",
]
