"""What a text is written in: bytes to text, and a language by its letters and commonest words."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
#: What the encodings are called, for the user, and the order in which they are offered.
ENCODINGS = {
    "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252 (Latin-1)", "cp1256": "Windows-1256 (Arabic)",
    "cp1251": "Windows-1251 (Cyrillic)", "cp1255": "Windows-1255 (Hebrew)", "cp1254": "Windows-1254 (Turkish)",
    "cp1250": "Windows-1250 (Central Europe)", "utf-32": "UTF-32",
}  # fmt: skip
_ARABIC, _CYRILLIC, _HEBREW, _GREEK = (
    r"[\u0600-\u06FF]",
    r"[\u0400-\u04FF]",
    r"[\u0590-\u05FF]",
    r"[\u0370-\u03FF]",
)
#: Single-byte encodings of another script, told by its letters in runs.
_SCRIPTS = (("cp1256", re.compile(_ARABIC + "{3,}")), ("cp1251", re.compile(_CYRILLIC + "{3,}")),
            ("cp1255", re.compile(_HEBREW + "{2,}")))  # fmt: skip
_COMMON = {
    "en": ["the", "of", "and", "to", "in", "that", "is", "was", "for", "with"],
    "fr": ["le", "la", "les", "des", "et", "une", "dans", "que", "pour", "est"],
    "de": ["der", "die", "und", "das", "den", "mit", "von", "ist", "nicht", "auf"],
    "es": ["el", "los", "las", "que", "una", "por", "con", "del", "para", "en"],
    "it": ["il", "di", "che", "la", "per", "una", "con", "del", "sono", "non"],
    "pt": ["o", "os", "que", "uma", "para", "com", "não", "dos", "em", "da"],
    "tr": ["ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "olan", "ise"],
    "nl": ["de", "het", "een", "van", "en", "dat", "niet", "met", "voor", "zijn"],
}


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of bytes and the encoding it was read in (a key of ENCODINGS).

    An encoding that is given holds, with U+FFFD for what it cannot read; else a mark, UTF-8, wide characters, a
    script in runs, and at last Windows-1252.
    """
    if encoding is not None:
        return data.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").removeprefix("\ufeff"), name.removesuffix("-sig")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if (wide := _wide(data)) is not None:
        return data.decode(wide, errors="replace"), "utf-16"
    for name, letters in _SCRIPTS:
        text = data.decode(name, errors="replace")
        if _share(text, letters.findall) > 0.5:
            return text, name
    return data.decode("cp1252", errors="replace"), "cp1252"


def _wide(data: bytes) -> str | None:
    """Return UTF-16 of one order where every other byte of the beginning is mostly zero."""
    head = data[:4096]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[first::2]
        if half and half.count(0) > 0.6 * len(half):
            return name
    return None


def _share(text: str, runs: Callable[[str], list[str]]) -> float:
    """Return which part of the letters beyond ASCII lies in runs of one script."""
    beyond = sum(1 for letter in text if ord(letter) > 127 and letter.isalpha())
    return sum(map(len, runs(text))) / beyond if beyond else 0.0


def language_of(text: str) -> str | None:
    """Return the language (BCP 47) that a text seems to be in, None where nothing tells; a proposal, no more."""
    sample = text[:20_000]
    letters = sum(map(str.isalpha, sample)) or 1
    if len(re.findall(_ARABIC, sample)) > letters / 2:
        return "fa" if len(re.findall("[پچژگ]", sample)) > letters / 100 else "ar"
    for code, script in (("he", _HEBREW), ("el", _GREEK)):
        if len(re.findall(script, sample)) > letters / 2:
            return code
    if len(re.findall(_CYRILLIC, sample)) > letters / 2:
        return "uk" if len(re.findall("[іїєґ]", sample)) > letters / 200 else "ru"
    words = re.findall(r"[^\W\d_]+", sample.lower())
    counts = {code: sum(words.count(word) for word in common) for code, common in _COMMON.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= max(3, 0.05 * len(words)) else None
