"""Reports read from files: text, Markdown, web pages, Word, PDF; in whatever encoding; nothing fetched."""

import io
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from explorer.formats.article import Article, pasted, read_article
from explorer.formats.article_pdf import joined
from explorer.formats.refused import RefusedError
from explorer.formats.script import language_of

ARABIC = "قال المتحدث إن القوات انسحبت من المدينة يوم الاثنين. وأضاف أن القتال توقف."
RUSSIAN = "Войска покинули город в понедельник. Об этом сообщил представитель."
FRENCH = (
    "L’armée a quitté la ville. Les combats ont cessé dans la région, et des civils rentrent chez eux à Alep."
)


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def mend_of(path: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        read_article(path)
    return str(refused.value.problems[0])


@pytest.mark.parametrize(
    ("text", "encoding", "told", "language"),
    [
        (FRENCH, "utf-8", "UTF-8", "fr"),
        (FRENCH, "cp1252", "Windows-1252 (Latin-1)", "fr"),
        (FRENCH, "utf-16", "UTF-16", "fr"),
        (FRENCH, "utf-8-sig", "UTF-8", "fr"),
        (ARABIC, "cp1256", "Windows-1256 (Arabic)", "ar"),
        (RUSSIAN, "cp1251", "Windows-1251 (Cyrillic)", "ru"),
    ],
)
def test_the_encoding_of_a_text_is_found_and_told(
    tmp_path: Path, text: str, encoding: str, told: str, language: str
) -> None:
    article = read_article(written(tmp_path, "report.txt", text.encode(encoding)))
    assert article.text == text
    assert article.encoding == told
    assert article.language is not None
    assert article.language.value == language


def test_an_encoding_that_the_user_names_holds(tmp_path: Path) -> None:
    path = written(tmp_path, "report.txt", "Şanlıurfa".encode("cp1254"))
    assert read_article(path, encoding="cp1254").text == "Şanlıurfa"


def test_line_ends_become_one_line_feed_and_nothing_else_changes(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "A\u00a0b\r\n\r\n c \rd".encode())
    assert read_article(path).text == "A\u00a0b\n\n c \nd"


def test_the_first_line_is_proposed_as_the_title_of_a_plain_text() -> None:
    article = pasted("\n  Rebels take Hama \nThey came at dawn.")
    assert article.title is not None
    assert article.title.value == "Rebels take Hama"
    assert "first line" in article.title.whence
    assert article.published is None


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Rebels take Hama | The Daily</title>
<meta property="og:site_name" content="The Daily"><meta property="og:title" content="Rebels take Hama">
<meta property="article:published_time" content="2024-12-05T10:00:00Z"><meta name="author" content="Ann Reporter">
</head><body><nav><a href="/">Home</a> <a href="/x">Subscribe now</a></nav><article><h1>Rebels take Hama</h1>
<p>Rebel forces entered the city of Hama on Thursday after days of heavy fighting, residents said.</p>
<p>The army said in a statement that it had withdrawn to spare civilians. It denied heavy losses in the battle.</p>
<p>At least 25 people were killed on 3 December, according to a war monitor that follows the fighting.</p>
<script>document.write("<p>evil</p>")</script></article><footer>Cookies policy</footer></body></html>"""


def test_of_a_saved_page_the_main_text_is_taken_and_its_own_description_proposed(tmp_path: Path) -> None:
    article = read_article(written(tmp_path, "page.html", PAGE.encode()))
    lines = article.text.split("\n")
    assert lines[0] == "Rebels take Hama"
    assert lines[1].startswith("Rebel forces entered")
    assert lines[3].endswith("follows the fighting.")
    assert not any(word in article.text for word in ("Subscribe", "Cookies", "evil"))
    got = [article.title, article.publisher, article.published, article.authors, article.language]
    values = [one and one.value for one in got]
    assert values == ["Rebels take Hama", "The Daily", "2024-12-05", "Ann Reporter", "en-GB"]


def test_a_date_is_never_guessed_from_the_words_of_a_page(tmp_path: Path) -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2024-12-05T10:00:00Z">', "")
    assert read_article(written(tmp_path, "page.html", page.encode())).published is None


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = f'<html lang="ar"><head><meta charset="windows-1256"><title>خبر</title></head><body><article>{"".join(f"<p>{ARABIC}</p>" for _ in range(3))}</article></body></html>'
    article = read_article(written(tmp_path, "page.htm", page.encode("cp1256")))
    assert ARABIC in article.text
    assert article.encoding == "Windows-1256 (Arabic)"


def word_file(folder: Path) -> Path:
    document = docx.Document()
    document.add_heading("Rebels take Hama")
    paragraph = document.add_paragraph("They came ")
    paragraph.add_run("at dawn").bold = True
    paragraph.add_run(".")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Killed", "25"
    document.add_paragraph(ARABIC)
    document.core_properties.title, document.core_properties.author = "Hama report", "Ann"
    document.save(folder / "report.docx")
    return folder / "report.docx"


def test_a_word_document_gives_its_paragraphs_and_cells_in_order(tmp_path: Path) -> None:
    article = read_article(word_file(tmp_path))
    assert article.text.split("\n") == ["Rebels take Hama", "They came at dawn.", "Killed", "25", ARABIC]
    assert article.title is not None
    assert (article.title.value, article.title.whence) == ("Hama report", "from the document's properties")


def test_deleted_words_are_left_out_and_inserted_ones_kept(tmp_path: Path) -> None:
    path = word_file(tmp_path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    body = parts["word/document.xml"].decode()
    tracked = (
        '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>come</w:t></w:r></w:ins></w:p></w:body>'
    )
    parts["word/document.xml"] = (
        body.replace("<w:sectPr", "<w:sectPr", 1).replace("</w:body>", tracked).encode()
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    text = read_article(written(tmp_path, "tracked.docx", made.getvalue())).text
    assert text.endswith("\ncome")
    assert "gone" not in text


def test_a_pdf_without_text_says_that_it_may_be_a_scan(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "scan.pdf")
    told = mend_of(tmp_path / "scan.pdf")
    assert "none of its 1 pages has text" in told
    assert "OCR" in told


def pdf_with(folder: Path, *pages: str) -> Path:
    """Write a PDF by hand: a page per text, in Helvetica, a line per line."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for text in pages:
        shown = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 20 700 Td {shown} ET".encode() if text else b""
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content = len(parts)
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(b"%d 0 R" % len(parts))
    parts[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(data))
    whole = data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + trailer
    return written(folder, "report.pdf", whole)


def test_lines_of_a_pdf_become_paragraphs_and_a_page_without_text_is_named(tmp_path: Path) -> None:
    page = "Rebels take Hama\nRebel forces entered the city of Hama on Thursday after days\nof fighting, residents said."
    article = read_article(pdf_with(tmp_path, page, ""))
    assert article.text.split("\n") == [
        "Rebels take Hama",
        "Rebel forces entered the city of Hama on Thursday after days of fighting, residents said.",
    ]
    assert any("page 2" in note for note in article.notes)


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    assert joined("the Turkish-\nbacked groups advanced here") == "the Turkish-backed groups advanced here"


@pytest.mark.parametrize("suffix", [".html", ".docx", ".pdf"])
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    for library in ("trafilatura", "docx", "pypdf"):
        monkeypatch.setitem(sys.modules, library, None)
    told = mend_of(written(tmp_path, f"report{suffix}", b"x"))
    assert "dateline[documents]" in told
    assert isinstance(read_article(written(tmp_path, "a.txt", b"It works.")), Article)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"", "no text"),
        ("a.txt", b" \n\t\n", "no text"),
        ("a.odt", b"x", "ends in"),
        ("a.docx", b"PK\x03\x04 word/ broken", "damaged document"),
        ("a.pdf", b"%PDF-1.7 broken", "damaged PDF"),
        ("a.html", b"<html></html>", "no text"),
        ("a.html", b"\x00\x01\x02<<<", "no text"),
    ],
)
def test_what_is_no_report_is_refused_in_words(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    assert told in mend_of(written(tmp_path, name, data))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "not a file" in mend_of(tmp_path)
    assert "not a file" in mend_of(tmp_path / "none.txt")


def test_a_file_is_known_by_its_content_before_its_name(tmp_path: Path) -> None:
    assert read_article(written(tmp_path, "page.txt", PAGE.encode())).publisher is not None


def test_a_language_is_proposed_only_where_something_tells() -> None:
    assert language_of("42 17 3") is None
    assert language_of("The army left the city and went to the north of it.") == "en"


def test_the_mark_of_a_markdown_headline_is_no_part_of_the_proposed_title() -> None:
    article = pasted("## A strike\n\nTwo died.")
    assert article.title is not None
    assert (article.title.value, article.text[:3]) == ("A strike", "## ")


def test_blanks_that_a_pdf_has_as_tabs_are_blanks() -> None:
    assert joined("At\tleast\t25 people died") == "At least 25 people died"


def test_a_file_that_may_be_no_text_is_told(tmp_path: Path) -> None:
    assert read_article(written(tmp_path, "a.txt", b"\x01\x02PNG\x05")).notes
    assert not read_article(written(tmp_path, "b.txt", b"Two died.\tThree fled.\n")).notes


def test_the_rule_of_a_table_in_a_page_is_no_sentence(tmp_path: Path) -> None:
    words = (
        "<p>The rebels advanced on the town for three days, said residents who had fled the fighting.</p>" * 3
    )
    table = "<table><tr><th>Source</th><th>Dead</th></tr><tr><td>Army</td><td>25</td></tr></table>"
    text = read_article(
        written(tmp_path, "a.html", f"<html><body><article>{words}{table}</article></body></html>".encode())
    ).text
    assert "| Army | 25 |" in text
    assert "---" not in text
