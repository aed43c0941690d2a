"""Type is as large as the content allows: few words lost, sentences kept where they nearly fit."""

from __future__ import annotations

import pytest

from explorer.export.page import Page
from explorer.export.sizing import READING_WIDTH, SMALL_PRINT, sized


def pages(words=lambda f: 100, fits=lambda f: True, left=lambda f: 0, roomy=lambda f: True):
    return lambda f: Page((), roomy(f), fits(f), left(f), words(f))


@pytest.mark.parametrize("width", [800, 1600, 3840])
def test_where_nothing_is_lost_the_type_is_the_largest(width):
    assert sized(width, pages(), quoted=0).factor == pytest.approx(width / READING_WIDTH, abs=1e-3)


def test_a_page_narrower_than_a_reading_page_is_not_magnified():
    assert sized(400, pages(), quoted=0).factor == 1.0


def test_type_shrinks_until_three_quarters_of_the_words_stand():
    made = sized(1600, pages(words=lambda f: 100 if f < 1.5 else 40), quoted=0)
    assert 1.0 < made.factor < 1.5


def test_where_no_larger_type_fits_the_smallest_is_taken():
    assert sized(1600, pages(fits=lambda f: f <= 1.0), quoted=0).factor == 1.0


def test_a_page_without_the_least_room_is_set_below_one():
    assert sized(800, pages(roomy=lambda f: f <= 0.5), quoted=0).factor == 0.5


def test_sentences_are_worth_a_somewhat_smaller_type_and_no_more():
    near = sized(1600, pages(left=lambda f: 0 if f < 1.7 else 3), quoted=5)
    assert 1600 / SMALL_PRINT <= near.factor < 1.7
    far = sized(1600, pages(left=lambda f: 0 if f < 1.2 else 3), quoted=5)
    assert far.factor == 2.0
    many = sized(1600, pages(left=lambda f: 0 if f < 1.7 else 3), quoted=50)
    assert many.factor == 2.0


def test_a_large_case_is_set_once_in_small_print_where_that_cuts_nothing():
    tried = []

    def page(factor):
        tried.append(factor)
        return Page((), True, factor < 2, 0, 100)

    assert sized(1650, page, quoted=0, large=True).factor == 1.5
    assert tried == [1.5]
    assert sized(3300, page, quoted=0, large=True).factor == 1.0
