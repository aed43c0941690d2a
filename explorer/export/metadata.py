"""What a figure says of itself inside its file: no date, no path, no user; same input, same bytes."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from explorer.frozen import frozen
from explorer.version import VERSION

#: What XML 1.0 cannot carry at all, not even as a reference.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen
class Metadata:
    """Words for the file: all plain text, "" where nothing is to be said.

    description: the alternative text. source: what was drawn from. rights: licences that must travel.
    filter_json: the filter as query prints it. case_hash: 64 hex digits of the case file's content.
    """

    title: str = ""
    description: str = ""
    caption: str = ""
    source: str = ""
    rights: str = ""
    filter_json: str = "{}"
    case_hash: str = ""
    program: str = ""


def program_name() -> str:
    """Return "Dateline 0.1.0": the program and its version."""
    return f"Dateline {VERSION}"


def xml_text(text: str) -> str:
    """Return text as XML character data: illegal characters dropped, markup escaped."""
    return escape(_ILLEGAL.sub("", text))


def xml_attribute(text: str) -> str:
    """Return text for a double-quoted XML attribute."""
    return escape(_ILLEGAL.sub("", text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def rdf(metadata: Metadata) -> str:
    """Return the Dublin Core description (RDF/XML) that SVG's <metadata> and a PDF's XMP both carry."""
    rows = (
        ("dc:title", metadata.title),
        ("dc:description", metadata.description),
        ("dc:source", metadata.source),
        ("dc:rights", metadata.rights),
        ("dateline:caption", metadata.caption),
        ("dateline:filter", metadata.filter_json),
        ("dateline:caseHash", metadata.case_hash),
        ("dateline:program", metadata.program),
    )
    body = "".join(f"<{tag}>{_dublin(tag, xml_text(text))}</{tag}>\n" for tag, text in rows if text)
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dateline="urn:x-dateline:figure">\n'
        f'<rdf:Description rdf:about="">\n{body}</rdf:Description>\n</rdf:RDF>'
    )


def _dublin(tag: str, text: str) -> str:
    """Return text in the container that XMP wants: alternatives by language for what people read."""
    if tag in {"dc:title", "dc:description", "dc:rights"}:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'
    return text
