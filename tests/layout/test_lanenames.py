"""Names of lanes are shortened so that what differs is left."""

from __future__ import annotations

from explorer.layout.lanenames import distinct_names


def test_two_names_that_begin_alike_are_told_apart(measure):
    names = ["Waffenstillstandsverhandlungen in Doha", "Waffenstillstandsverhandlungen in Genf", "Russia"]
    shown = distinct_names(names, [140.0] * 3, ["lane"] * 3, measure)
    assert len(set(shown)) == 3
    assert shown[0].endswith("Doha")
    assert shown[1].endswith("Genf")
    assert all("…" in name and measure.width(name, "lane") <= 140 for name in shown[:2])
    assert shown[2] == "Russia"


def test_names_that_differ_in_the_middle_or_are_one_another_s_beginning(measure):
    start, end = "Committee of the villages of ", " and of all that lies around it, in perpetuity"
    for one, other in (
        (f"{start}A{end}", f"{start}B{end}"),
        (f"{start}A", f"{start}A and B, and of much more"),
    ):
        shown = distinct_names([one, other], [120.0] * 2, ["lane"] * 2, measure)
        assert shown[0] != shown[1]
        assert all(measure.width(name, "lane") <= 120 for name in shown)


def test_equal_names_stay_equal(measure):
    long = "The very same name of two different villages"
    shown = distinct_names([long, long], [120.0] * 2, ["lane"] * 2, measure)
    assert shown[0] == shown[1] != ""
