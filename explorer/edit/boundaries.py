"""The bounds of sentences at a place of the text that the user points at, and why one cannot be there."""

from __future__ import annotations

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.texts import document_of, join_sentences, split_sentence
from explorer.words import isolated, tr

#: Characters of a quote that a refusal names.
QUOTED = 80


def split_at(case: CaseFile, document_id: str, at: int) -> Edit:
    """Return the edit that ends a sentence before the word at a place (code points).

    Raises CaseFileError, in words for the user, where a passage that something cites would be cut, or no sentence has
    words on both sides.
    """
    text = document_of(case, document_id).text
    at = min(max(at, 0), len(text))
    while 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace():
        at -= 1
    cut = [text[start:end] for start, end in case.spans_at(document_id) if _cuts(text, start, end, at)]
    if cut:
        longest = max(cut, key=len)
        shown = longest if len(longest) <= QUOTED else longest[: QUOTED - 1] + "…"
        words = tr("The sentence cannot be split here: a fact cites “{quote}”, which would be cut in two.")
        raise CaseFileError(words.format(quote=isolated(shown)))
    try:
        return split_sentence(case, document_id, at)
    except CaseFileError:
        words = tr(
            "There is nothing to split here: put the caret inside a sentence, before the word that begins anew."
        )
        raise CaseFileError(words) from None


def join_at(case: CaseFile, document_id: str, at: int) -> Edit:
    """Return the edit that makes one sentence of that at a place and the next one. Raises CaseFileError at the end."""
    sentences = document_of(case, document_id).sentences
    number = next((number for number, one in enumerate(sentences) if at < one.end), len(sentences))
    if number >= len(sentences) - 1:
        raise CaseFileError(tr("After this sentence there is no other to join with it."))
    return join_sentences(case, document_id, number, number + 1)


def _cuts(text: str, start: int, end: int, at: int) -> bool:
    """Return whether a bound would have letters of a passage on both sides."""
    return start < at < end and bool(text[start:at].strip()) and bool(text[at:end].strip())
