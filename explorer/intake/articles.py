"""A report read in a child process: its values as plain data, and what a hostile file may use of the machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from explorer.formats.article import Article, Proposed, read_article
from explorer.formats.refused import RefusedError
from explorer.intake.reporting import ProblemsFound
from explorer.model.problems import Problem
from explorer.words import tr

Told = dict[str, Any]
#: What reading one report may take: bytes of memory, and seconds of computing.
MEMORY, SECONDS = 3 * 2**30, 120
_PROPOSED = ("title", "publisher", "authors", "published", "language", "url")


def read_bounded(path: Path, encoding: str | None) -> Told:
    """Return the report in a file as plain data; for a process of its own, which is bounded by this.

    Raises ProblemsFound for what is no report, or cannot be read within the bounds.
    """
    _bound()
    try:
        return _as_told(read_article(path, encoding=encoding))
    except RefusedError as error:
        raise ProblemsFound(error.problems, str(path)) from error
    except (MemoryError, RecursionError) as error:
        found = tr("a file that cannot be read with a reasonable amount of memory")
        mend = tr("open it in another program, copy its text and paste it")
        raise ProblemsFound((Problem("", found, tr("a report"), mend),), str(path)) from error


def article_from(told: Told) -> Article:
    """Return the report that a child has told of."""
    proposed = {name: Proposed(*value) if (value := told[name]) else None for name in _PROPOSED}
    return Article(
        told["text"], told["name"], **proposed, encoding=told["encoding"], notes=tuple(told["notes"]),
        original_sha256=told["original_sha256"],
    )  # fmt: skip


def _as_told(article: Article) -> Told:
    offered = {name: getattr(article, name) for name in _PROPOSED}
    return {
        **{name: [one.value, one.whence] if one is not None else None for name, one in offered.items()},
        "text": article.text,
        "name": article.name,
        "encoding": article.encoding,
        "notes": list(article.notes),
        "original_sha256": article.original_sha256,
    }


def _bound() -> None:
    """Let this process use only so much; where the system knows no bounds, Cancel has to do."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, hard))
