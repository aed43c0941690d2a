"""Labels find room by importance, beside their marks, or shorten, or give way."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.labels import Crowd, Wanted, fitted_text, isolated_short, placed

BAND = (0.0, 0.0, 400.0, 40.0)


class Measure:
    def width(self, text, font):
        return 7.0 * len(text)

    def ascent(self, font):
        return 10.0

    def descent(self, font):
        return 3.0


def wanted(text, x, y=20.0, suffix="", band=BAND, **options):
    return Wanted(text, suffix, (x - 6, y - 6, x + 6, y + 6), band, **options)


def box(label):
    return label.x, label.y - 10, label.x + label.width, label.y + 3


def test_a_label_stands_to_the_right_of_its_mark():
    (label,) = placed([wanted("Airstrikes", 100)], Crowd(), Measure())
    assert label.x == 111.0
    assert label.text == "Airstrikes"


def test_a_label_near_the_edge_stands_to_the_left():
    (label,) = placed([wanted("Airstrikes", 380)], Crowd(), Measure())
    assert label.x + label.width < 374


def test_a_label_keeps_off_other_marks():
    (label,) = placed([wanted("Airstrikes", 100)], Crowd([(112, 14, 124, 26)]), Measure())
    x0, y0, x1, y1 = box(label)
    assert x1 <= 112 or x0 >= 124 or y1 <= 14 or y0 >= 26


def test_a_stem_is_crossed_only_where_there_is_no_other_room():
    stem = (130.0, 0.0, 132.0, 40.0)
    (free,) = placed([wanted("Airstrikes", 100)], Crowd((), [stem]), Measure())
    assert box(free)[2] < 130
    (forced,) = placed(
        [wanted("Airstrikes", 10, band=(0, 12, 400, 28))], Crowd((), [(60, 0, 62, 40)]), Measure()
    )
    assert forced is not None


def test_the_number_outlives_the_title():
    text = fitted_text("Russian and Syrian airstrikes", ", ≥ 25 killed", 150, "label", Measure())
    assert text.endswith("…, ≥ 25 killed")
    assert (
        fitted_text("Russian and Syrian airstrikes", ", ≥ 25 killed", 90, "label", Measure()) == "≥ 25 killed"
    )


def test_where_there_is_no_room_the_label_gives_way():
    crowd = Crowd([(0.0, 0.0, 94.0, 40.0), (106.0, 0.0, 400.0, 40.0)])
    assert placed([wanted("Airstrikes", 100)], crowd, Measure()) == [None]


def test_right_to_left_titles_are_isolated():
    short = isolated_short("قصفت الطائرات المدينة القديمة", 100, "label", Measure())
    assert short.startswith("\u2068")
    assert short.endswith("\u2069")
    assert Measure().width(short, "label") <= 100


@given(
    st.lists(
        st.tuples(st.text("abc xyz", min_size=1, max_size=30), st.floats(0, 400), st.floats(0, 40)),
        max_size=40,
    )
)
def test_no_two_labels_ever_overlap_or_leave_their_band(marks):
    asked = [wanted(text.strip() or "a", x, y) for text, x, y in marks]
    made = placed(asked, Crowd([one.mark for one in asked]), Measure())
    boxes = [box(label) for label in made if label is not None]
    for x0, y0, x1, y1 in boxes:
        assert x0 >= 0 and y0 >= 0 and x1 <= 400 and y1 <= 40  # noqa: PT018
    for (a0, b0, a1, b1), (c0, d0, c1, d1) in combinations(boxes, 2):
        assert a1 <= c0 or c1 <= a0 or b1 <= d0 or d1 <= b0


def test_no_more_labels_than_are_asked_for():
    asked = [wanted("a", 10 + 30 * i) for i in range(10)]
    assert sum(label is not None for label in placed(asked, Crowd(), Measure(), most=3)) == 3


def test_a_label_is_one_line_whatever_a_name_holds():
    (label,) = placed([wanted("Air\tstrikes\n \x07 on\u2028 Idlib", 20)], Crowd(), Measure())
    assert label.text == "Air strikes \ufffd on Idlib"
    assert label.width == 7.0 * len(label.text)
    assert isolated_short("a\tb\x00", 100, "label", Measure()) == "a b\ufffd"
    assert isolated_short("à \u202e b", 100, "label", Measure()).strip("\u2068\u2069") == "à b"
