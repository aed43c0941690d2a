"""Reports read for the window: plain text on the spot, the rest in a child; hostile files end with a message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from explorer.formats.article import Article, read_article
from explorer.workspace.opening import is_report
from explorer.workspace.report_reading import Asked, ReportReading
from tests.formats.test_article import PAGE


@pytest.fixture
def reading(qtbot: Any) -> Iterator[ReportReading]:
    made = ReportReading()
    yield made
    made.close()
    made.deleteLater()


def read(reading: ReportReading, qtbot: Any, asked: Asked) -> Article:
    with qtbot.waitSignal(reading.read, timeout=30_000) as got:
        reading.start(asked)
    return got.args[0]


def refusal(reading: ReportReading, qtbot: Any, asked: Asked) -> str:
    with qtbot.waitSignal(reading.failed, timeout=30_000) as got:
        reading.start(asked)
    return str(got.args[0])


def test_what_a_child_reads_is_what_is_read_here(reading: ReportReading, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    assert read(reading, qtbot, Asked(path)) == read_article(path)


def test_plain_text_is_read_at_once_in_the_encoding_that_is_asked(
    reading: ReportReading, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("Şanlıurfa".encode("cp1254"))
    assert read(reading, qtbot, Asked(path, "cp1254")).text == "Şanlıurfa"
    assert not reading.running


def test_pasted_text_is_a_report(reading: ReportReading, qtbot: Any) -> None:
    assert read(reading, qtbot, Asked(text="Title\r\nWords.")).text == "Title\nWords."
    assert "no text" in refusal(reading, qtbot, Asked(text=" \n "))


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.pdf", b"%PDF-1.7\nnothing of the kind", "PDF"),
        ("a.docx", b"PK\x03\x04word/ and then nothing", "damaged document"),
        ("a.xyz", b"?", "ends in"),
    ],
)
def test_a_broken_file_ends_with_a_message(
    reading: ReportReading, qtbot: Any, tmp_path: Path, name: str, body: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    assert words in refusal(reading, qtbot, Asked(path))
    assert words != name


DEADLY = """
import os, signal, sys
class Deadly:
    def find_spec(self, name, path=None, target=None):
        if name == "docx":
            os.kill(os.getpid(), signal.SIGSEGV)
sys.meta_path.insert(0, Deadly())
"""


def test_a_file_that_kills_its_reader_ends_with_a_message(
    reading: ReportReading, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    document.save(tmp_path / "report.docx")
    (tmp_path / "sitecustomize.py").write_text(DEADLY)  # a library that takes the whole process with it
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    words = refusal(reading, qtbot, Asked(tmp_path / "report.docx"))
    assert "could not be read" in words
    assert "copy its text" in words


def test_what_is_given_up_is_never_heard_of_again(reading: ReportReading, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    reading.start(Asked(path))
    reading.cancel()
    with qtbot.assertNotEmitted(reading.read):
        reading.close()


def test_a_report_is_told_from_a_table_and_a_case(tmp_path: Path, sample_path: Path) -> None:
    told = {
        "a.txt": "Rebels took Hama.\nThe army left.",
        "b.txt": "a\tb\tc\n1\t2\t3\n",
        "c.csv": "a,b\n",
        "d.md": "# x",
    }
    for name, words in told.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    assert [name for name in told if is_report(tmp_path / name)] == ["a.txt", "d.md"]
    assert not is_report(sample_path)
