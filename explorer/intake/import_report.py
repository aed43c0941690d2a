"""What an import did, row by row where it matters: plain data that commands print and the window shows."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from explorer.formats.native import write
from explorer.formats.port import Progress, Skipped
from explorer.frozen import frozen
from explorer.words import tr

#: Lines kept of each remark and of changed rows; their number is always whole.
LINES = 1000


@frozen
class SourceReport:
    """What became of one file; read = kept + skipped, kept = added + unchanged + updated + changed.

    unchanged: rows the case had already. changed: rows that it has with other content and keeps as they were.
    remarks: what is odd in kept rows -> (how many, the first lines).
    """

    source: str
    reader: str
    read: int
    added: int
    unchanged: int
    updated: int
    changed: int
    changed_lines: tuple[int, ...]
    skipped: tuple[Skipped, ...]
    remarks: dict[str, tuple[int, tuple[int, ...]]]
    notes: tuple[str, ...]

    @property
    def kept(self) -> int:
        """Return how many rows are in the case now, whether this import wrote them or not."""
        return self.added + self.unchanged + self.updated + self.changed


@frozen
class ImportReport:
    """What an import did, file by file, and how long it took in seconds."""

    target: str
    sources: tuple[SourceReport, ...]
    seconds: float

    @property
    def read(self) -> int:
        """Return how many rows were read."""
        return sum(each.read for each in self.sources)

    @property
    def kept(self) -> int:
        """Return how many rows are in the case now."""
        return sum(each.kept for each in self.sources)

    @property
    def added(self) -> int:
        """Return how many rows were not in the case before."""
        return sum(each.added for each in self.sources)

    @property
    def skipped(self) -> int:
        """Return how many rows were left out."""
        return sum(len(each.skipped) for each in self.sources)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "target": self.target, "read": self.read, "kept": self.kept, "skipped": self.skipped,
            "seconds": round(self.seconds, 2), "sources": [_as_json(each) for each in self.sources],
        }  # fmt: skip

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Return the report that as_json gave: it has come from another process."""
        return cls(said["target"], tuple(_source_from(one) for one in said["sources"]), said["seconds"])

    def save(self, path: Path) -> None:
        """Write the report as CSV (what is told of single lines) or, by any other suffix, as JSON."""
        if path.suffix.lower() == ".csv":
            write(_csv_pieces(self), path)
        else:
            write((json.dumps(self.as_json(), ensure_ascii=False, indent=1), "\n"), path)


def _as_json(report: SourceReport) -> dict[str, Any]:
    said = asdict(report)
    said["kept"] = report.kept
    said["remarks"] = [
        {"remark": words, "count": count, "first_lines": list(lines)}
        for words, (count, lines) in report.remarks.items()
    ]
    return said


def _source_from(said: dict[str, Any]) -> SourceReport:
    plain = {
        name: said[name] for name in ("source", "reader", "read", "added", "unchanged", "updated", "changed")
    }
    return SourceReport(
        **plain,
        changed_lines=tuple(said["changed_lines"]),
        skipped=tuple(Skipped(one["line"], one["reason"]) for one in said["skipped"]),
        remarks={one["remark"]: (one["count"], tuple(one["first_lines"])) for one in said["remarks"]},
        notes=tuple(said["notes"]),
    )


def _csv_pieces(report: ImportReport) -> list[str]:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("source", "line", "what", "why"))
    for each in report.sources:
        rows.writerows((each.source, skip.line, "skipped", skip.reason) for skip in each.skipped)
        rows.writerows((each.source, line, "changed, old kept", "") for line in each.changed_lines)
        for words, (_, lines) in each.remarks.items():
            rows.writerows((each.source, line, "kept", words) for line in lines)
    return [text.getvalue()]


def head_words(report: ImportReport) -> str:
    """Return the sums in one line: read = kept + skipped, and what of it is new."""
    if report.read and not report.added and report.kept and not any(one.updated for one in report.sources):
        if report.skipped or any(one.changed for one in report.sources):
            new = tr("nothing was added")
        else:
            new = tr("nothing was added: the case has all of these rows already")
    else:
        new = tr("{n} of them new").format(n=f"{report.added:,}")
    return tr("{read} rows read = {kept} kept + {skipped} skipped; {new}").format(
        read=f"{report.read:,}", kept=f"{report.kept:,}", skipped=f"{report.skipped:,}", new=new
    )


def brief_lines(report: ImportReport) -> list[str]:
    """Return the report in a few sentences for a notice: files by their name, and no lines of rows."""
    lines: list[str] = []
    for each in report.sources:
        counts = tr("{source}: {read} rows read as {reader}, {kept} kept, {skipped} skipped.").format(
            source=Path(each.source).name, read=f"{each.read:,}", reader=each.reader, kept=f"{each.kept:,}",
            skipped=f"{len(each.skipped):,}",
        )  # fmt: skip
        odd = [f"{count:,} × {words}" for words, (count, _) in each.remarks.items()]
        lines.extend((counts, *each.notes, *([f"{'; '.join(odd)}."] if odd else [])))
    return lines


def report_lines(report: ImportReport, *, to_update: str = "") -> list[str]:
    """Return the report in a few lines for a person; to_update: how to take the new content of changed rows."""
    lines: list[str] = []
    for each in report.sources:
        lines.append(
            tr("{source}: {read} rows read as {reader}, {kept} kept, {skipped} skipped")
            .format(source=each.source, read=f"{each.read:,}", reader=each.reader, kept=f"{each.kept:,}",
                    skipped=f"{len(each.skipped):,}")
        )  # fmt: skip
        lines.extend(f"  {line}" for line in _details(each, to_update or tr("--update takes the new ones")))
    return lines


def _details(report: SourceReport, to_update: str) -> list[str]:
    lines = list(report.notes)
    if report.unchanged and not report.added and not report.updated and not report.changed:
        lines.append(tr("nothing was added: the case has all of these rows already"))
    elif report.unchanged:
        lines.append(tr("{n} rows were in the case already").format(n=f"{report.unchanged:,}"))
    if report.changed:
        lines.append(
            tr("{n} rows are in the case with other content; the old ones were kept ({to_update})")
            .format(n=f"{report.changed:,}", to_update=to_update)
        )  # fmt: skip
    if report.updated:
        lines.append(tr("{n} rows were replaced by their new content").format(n=f"{report.updated:,}"))
    for words, (count, places) in report.remarks.items():
        lines.append(f"{count:,} × {words} ({_line_words(places, count)})")
    reasons = Counter(skip.reason for skip in report.skipped)
    for reason, count in reasons.most_common(20):
        places = tuple(skip.line for skip in report.skipped if skip.reason == reason)
        lines.append(tr("{n} skipped: {reason} ({lines})").format(
            n=f"{count:,}", reason=reason, lines=_line_words(places, count)
        ))  # fmt: skip
    return lines


def progress_words(progress: Progress) -> str:
    """Return progress in one line: part, rows, rate and time left."""
    if progress.part >= 1:
        return tr("{words}: {rows} rows").format(words=progress.words, rows=f"{progress.rows:,}")
    words = tr("{words}: {part} %, {rows} rows, {rate} a second").format(
        words=progress.words,
        part=int(100 * progress.part),
        rows=f"{progress.rows:,}",
        rate=f"{progress.rate:,.0f}",
    )
    if progress.left is None:
        return words
    minutes, seconds = divmod(round(progress.left), 60)
    left = (
        tr("{n} min {m} s left").format(n=minutes, m=seconds)
        if minutes
        else tr("{n} s left").format(n=seconds)
    )
    return f"{words}, {left}"


def _line_words(lines: tuple[int, ...], count: int) -> str:
    shown = ", ".join(str(line) for line in lines[:5])
    more = ", …" if count > 5 else ""
    return (tr("line {lines}") if count == 1 else tr("lines {lines}")).format(lines=shown + more)


@dataclass(slots=True)
class Counting:
    """A report on its way."""

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    changed: int = 0
    changed_lines: list[int] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    remarks: dict[str, list[int]] = field(default_factory=dict)
    remark_counts: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """Return how many rows were read so far."""
        return self.added + self.unchanged + self.updated + self.changed + len(self.skipped)

    def remark(self, words: str, line: int) -> None:
        """Count what is odd in a row."""
        self.remark_counts[words] += 1
        places = self.remarks.setdefault(words, [])
        if len(places) < LINES:
            places.append(line)

    def change(self, line: int) -> None:
        """Count a row whose old content stays."""
        self.changed += 1
        if len(self.changed_lines) < LINES:
            self.changed_lines.append(line)

    def count_one(self, line: int, *, new: bool, changed: bool, updated: bool) -> None:
        """Count what became of one record; updated: its new content was taken."""
        if new:
            self.added += 1
        elif updated:
            self.updated += 1
        elif changed:
            self.change(line)
        else:
            self.unchanged += 1

    def report(self, source: str, reader: str, notes: tuple[str, ...]) -> SourceReport:
        """Return the report of a file that was read to its end."""
        return SourceReport(
            source=source, reader=reader, read=self.read, added=self.added, unchanged=self.unchanged,
            updated=self.updated, changed=self.changed, changed_lines=tuple(self.changed_lines),
            skipped=tuple(self.skipped), notes=notes,
            remarks={words: (self.remark_counts[words], tuple(lines)) for words, lines in self.remarks.items()},
        )  # fmt: skip
