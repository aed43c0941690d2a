"""What is known without the records is what the records say."""

from __future__ import annotations

from typing import get_args

from explorer.casefile.reading import FORMAT
from explorer.model.lists import LIST_NAMES, list_of
from explorer.model.records import LISTS, CaseHeader
from explorer.model.vocabulary import BASES, Basis


def test_the_lists_are_those_of_the_records() -> None:
    assert tuple(LISTS) == LIST_NAMES
    assert list_of("evt-a") == "events"
    assert list_of("clm-a") is None


def test_the_format_is_the_headers() -> None:
    assert CaseHeader.model_fields["format"].default == FORMAT


def test_every_basis_has_a_code() -> None:
    assert {"none", *get_args(Basis)} == set(BASES)
