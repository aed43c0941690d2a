"""Every role has a colour in every theme, and what must be read or told apart stands out (design §8)."""

from __future__ import annotations

import re

import pytest

from explorer.paint.theme import HUES, INKS, MARKS, THEMES, contrast, luminance, shade, theme

ROLES = [
    "ground",
    "panel",
    "line",
    "grid",
    "ink",
    "muted",
    "faint",
    "accent",
    "selection",
    "selection_line",
    "hover",
    "warn",
    "force",
    "threat",
    "talk",
    "civil",
    "armed",
    "none",
    "reference",
    "camp0",
    "camp1",
    "camp2",
    "camp3",
    "camp4",
    "camp5",
    "camp6",
    "camp7",
    "camp_none",
    "lane_a",
    "lane_b",
    "paper",
    "card",
    "quote",
]
GROUNDS = ("panel", "ground", "lane_a", "lane_b", "paper", "card", "hover")

every_theme = pytest.mark.parametrize("name", sorted(THEMES))


@every_theme
def test_a_theme_knows_every_role_of_a_scene(name):
    for role in ROLES:
        assert re.fullmatch(r"#[0-9A-F]{6}", theme(name).color(role)), role


def test_the_light_theme_has_the_colours_of_the_design():
    wanted = {
        "force": "#C4441C",
        "threat": "#D9962B",
        "talk": "#5AA9D6",
        "civil": "#0B6FA4",
        "armed": "#6C4FA3",
    }
    assert {role: theme("light").color(role) for role in wanted} == wanted
    assert theme("light").color("none") == "#7B8794"
    assert theme("light").color("accent") == "#0B6FA4"


@every_theme
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_can_be_read_on_every_ground(name, ground):
    colors = theme(name)
    for role in INKS:
        assert contrast(colors.color(role), colors.color(ground)) >= 4.5, role


@every_theme
@pytest.mark.parametrize("ground", ["quote", "selection"])
def test_ink_can_be_read_on_highlights(name, ground):
    assert contrast(theme(name).color("ink"), theme(name).color(ground)) >= 7


@every_theme
@pytest.mark.parametrize("ground", ["panel", "lane_a", "lane_b"])
def test_every_mark_or_its_outline_stands_out_3_to_1(name, ground):
    colors = theme(name)
    for role in MARKS:
        edge = colors.outline(role) or colors.color(role)
        assert contrast(edge, colors.color(ground)) >= 3, role
        assert contrast(colors.stroke(role), colors.color(ground)) >= 3, role


@every_theme
def test_words_in_the_colour_of_a_mark_can_be_read(name):
    colors = theme(name)
    for role in MARKS:
        assert contrast(colors.text(role), colors.color("panel")) >= 4.5, role


@every_theme
def test_hues_are_told_apart(name):
    shades = {theme(name).color(role) for role in HUES}
    assert len(shades) == len(HUES)


def test_luminance_runs_from_black_to_white():
    assert luminance("#000000") == 0
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_a_shade_goes_as_far_as_it_must_and_no_farther():
    assert contrast(shade("#D9962B", "#FFFFFF", 3.0), "#FFFFFF") == pytest.approx(3.0, abs=0.2)
    assert contrast(shade("#333333", "#12161B", 4.5), "#12161B") >= 4.5
    assert shade("#000000", "#FFFFFF", 4.5) == "#000000"


def test_an_unknown_theme_is_an_error():
    with pytest.raises(KeyError):
        theme("sepia")
