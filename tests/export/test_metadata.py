"""What a figure says of itself is legal XML whatever a case holds."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from explorer.export.metadata import Metadata, program_name, rdf, xml_attribute, xml_text

anything = st.text(st.characters(codec=None, exclude_categories=()))


@given(anything)
def test_any_text_is_legal_as_data_and_as_an_attribute(text):
    read = ET.fromstring(f'<a b="{xml_attribute(text)}">{xml_text(text)}</a>'.encode())
    assert set(read.get("b")) <= set(text)


@given(anything)
def test_the_description_of_any_figure_is_legal_xml(text):
    ET.fromstring(rdf(Metadata(*[text] * 8)).encode())


def test_what_is_empty_is_left_out():
    assert "caption" not in rdf(Metadata(title="x"))


def test_the_program_names_itself_without_a_path():
    assert program_name().startswith("Dateline")
    assert "/" not in program_name()
