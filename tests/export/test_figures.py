"""The figure is the view: exactly the filtered records, nothing over anything, the same bytes again (design §1)."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from builders import random_case
from export.svg_words import check_words, ids_of, texts

from explorer.export.devices import ExportError
from explorer.export.figures import compose, encoded, save
from explorer.export.request import PRESETS, FigureRequest
from explorer.layout.scene import Label
from explorer.query.filters import Choice, Filter

VIEWS = ("timeline", "actors", "matrix", "events", "source")
SIZES = ((800, 500), (1600, 900), (3840, 2160))
RUSSIA = Filter(actors=Choice(include=("act-russia",)))
FILTERS = {
    "all": Filter(),
    "Russia": RUSSIA,
    "nothing": Filter(actors=Choice(include=("act-russia",)), places=Choice(include=("loc-aleppo",))),
    "text only": Filter(text_only=True, kinds=Choice(include=("happened",))),
}


def shown_ids(case, wanted):
    from explorer.query.masks import evaluate

    return evaluate(case.table(), wanted).ids


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("axis", ["calendar", "elastic", "order"])
@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_timeline_holds_exactly_the_filtered_records_and_no_words_overlap(
    figure, sample_file, wanted, axis, size
):
    made = figure("timeline", size=size, axis=axis, filter=FILTERS[wanted])
    svg = encoded(made, ".svg")
    assert ids_of(svg) == set(shown_ids(sample_file, FILTERS[wanted])) == set(made.scene.event_ids)
    check_words(svg, size)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize(
    "views", [*((view,) for view in VIEWS[1:]), ("timeline", "actors"), VIEWS], ids="+".join
)
@pytest.mark.parametrize("wanted", ["all", "Russia"], ids=str)
def test_every_view_holds_exactly_the_filtered_records_and_no_words_overlap(
    figure, sample_file, wanted, views, size
):
    made = figure(*views, size=size, filter=FILTERS[wanted])
    svg = encoded(made, ".svg")
    assert ids_of(svg) == set(shown_ids(sample_file, FILTERS[wanted]))
    check_words(svg, size)


def random_cases(count):
    for seed in range(count):
        events = (3, 12, 40, 120, 300)[seed % 5]
        yield pytest.param(seed, events, id=f"{events} records, seed {seed}")


@pytest.mark.parametrize(("seed", "events"), list(random_cases(5)))
def test_cases_never_seen_before_hold_their_records_and_keep_their_words_apart(
    case_file_of, qapp, seed, events
):
    case = case_file_of(random_case(seed, events=events, actors=3 + events // 8))
    size = SIZES[seed % 3]
    for views in (("timeline",), ("actors",), ("matrix",), ("events",), ("source",), ("timeline", "actors")):
        axis = "order" if seed % 2 else "calendar"
        lanes = ("actor", "place", "type", "document", "one")[(seed + len(views)) % 5]
        made = compose(case, FigureRequest(views=views, size=size, axis=axis, lanes=lanes))
        svg = encoded(made, ".svg")
        assert ids_of(svg) == set(case.table().ids)
        check_words(svg, size)


def test_the_airstrikes_keep_their_at_least_and_nobody_is_their_victim(figure):
    svg = encoded(figure("timeline", filter=RUSSIA), ".svg").decode()
    assert "≥ 25 killed" in svg
    assert "evt-airstrikes" in svg


def test_the_caption_counts_and_names_the_filter(figure):
    made = figure("timeline", filter=RUSSIA)
    assert "5 of 25 records" in made.caption_text
    assert "Actor: Russia" in made.caption_text
    assert "not independently verified" in made.caption_text
    assert "5 of 25 records" in "".join(ET.fromstring(encoded(made, ".svg")).itertext())


def test_a_caption_of_one_s_own_replaces_ours_and_none_leaves_it_out(figure):
    own = figure("timeline", caption="My words <b>here</b>.")
    assert own.caption_text == "My words <b>here</b>."
    assert "My words" in "".join(ET.fromstring(encoded(own, ".svg")).itertext())
    assert figure("timeline", caption="none").caption_text == ""


@pytest.mark.parametrize("caption", [None, "none", "My own words."])
def test_the_licence_of_a_dataset_is_never_taken_away(sample_json, case_file_of, qapp, caption):
    sample_json["datasets"] = [
        {
            "id": "dst-ucdp",
            "title": "UCDP GED",
            "version": "25.1",
            "licence": "CC BY 4.0",
            "citation": "Sundberg & Melander 2013",
        }
    ]
    sample_json["documents"][0]["dataset"] = "dst-ucdp"
    made = compose(case_file_of(sample_json), FigureRequest(caption=caption))
    for word in ("UCDP GED, version 25.1", "Sundberg & Melander 2013.", "CC BY 4.0"):
        assert word in made.caption_text
    assert "CC BY 4.0" in made.metadata.rights


def test_the_sentences_are_those_of_what_is_shown_and_numbered(figure):
    made = figure("timeline", size=PRESETS["square"], filter=RUSSIA, axis="order")
    words = " ".join(t.text for t in texts(encoded(made, ".svg")))
    assert "What the sources say" in words
    assert "“Historically, Russia intervened in Syria in 2015" in words
    assert made.sentences_left == 0
    without = figure("timeline", size=PRESETS["square"], filter=RUSSIA, sentences=False)
    assert "Historically" not in " ".join(t.text for t in texts(encoded(without, ".svg")))


def test_sentences_that_find_no_room_are_counted(figure):
    made = figure("timeline", size=PRESETS["square"], axis="order")
    words = " ".join(t.text for t in texts(encoded(made, ".svg")))
    assert made.sentences_left
    assert f"and {made.sentences_left} more sentences" in words


def test_the_alternative_text_says_what_the_figure_shows(figure):
    said = figure("timeline", "actors", filter=RUSSIA).alt_text
    for word in (
        "Timeline and actors",
        "2 events, 2 background statements and 1 expectation of 25 records",
        "2015",
        "≥ 25",
    ):
        assert word in said


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("axis", ["calendar", "order"])
def test_words_of_a_preset_can_be_read_at_600_pixels(figure, preset, axis):
    made = figure("timeline", size=PRESETS[preset], axis=axis, filter=RUSSIA)
    smallest = 11 * made.factor * 600 / PRESETS[preset][0]
    assert smallest >= 6.0


def test_a_window_is_drawn_and_the_caption_says_what_lies_outside(figure):
    window = (1704067200.0, 1735689600.0)
    made = figure("timeline", window=window)
    assert "The timeline shows 2024-01-01 to 2025-01-01. 1 dated record lies outside it." in made.caption_text
    assert len(ids_of(encoded(made, ".svg"))) == 25
    for settings in ({"window": window, "whole": True}, {"window": (0.0, 4e9)}):
        assert "The timeline shows" not in figure("timeline", **settings).caption_text


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"views": ("map",)}, "there is no view “map”"),
        ({"views": ()}, "at least one view"),
        ({"size": (10, 10)}, "pixels wide and high"),
        ({"size": (1600, 90_000)}, "pixels wide and high"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line(sample_file, qapp, settings, words):
    with pytest.raises(ExportError, match=words):
        compose(sample_file, FigureRequest(**settings))


def test_another_format_is_refused_and_nothing_is_written(figure, tmp_path):
    with pytest.raises(ExportError, match="not as"):
        save(figure(), tmp_path / "a.gif")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_format_is_written_in_every_theme(figure, tmp_path, suffix, theme):
    path = tmp_path / f"a{suffix}"
    save(figure("timeline", "actors", theme=theme, filter=RUSSIA), path)
    assert path.stat().st_size > 5000


def test_no_file_names_this_machine_or_its_user(figure, tmp_path):
    import getpass

    made = figure()
    for suffix in (".svg", ".png", ".pdf"):
        data = encoded(made, suffix)
        for name in (str(tmp_path), str(Path.cwd()), f"/{getpass.getuser()}/"):
            assert name.encode() not in data


SCRIPT = """
import hashlib, sys
from explorer.intake.opening import open_case
from explorer.export.figures import compose, encoded
from explorer.export.request import FigureRequest
case = open_case("sample")
for views in (("timeline",), ("actors",), ("matrix",), ("events",), ("source",), ("timeline", "actors")):
    figure = compose(case, FigureRequest(views=views, size=(1200, 1200), axis="order"))
    for suffix in (".svg", ".png"):
        print(views, suffix, hashlib.sha256(encoded(figure, suffix)).hexdigest())
    encoded(figure, ".pdf")
case.close()
assert "PySide6.QtGui" in sys.modules
assert "PySide6.QtWidgets" not in sys.modules
"""


def test_two_processes_write_the_same_bytes_without_a_display_or_widgets():
    outputs = []
    for seed in ("1", "77"):
        apart = {
            name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}
        }
        apart |= {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=apart, capture_output=True, text=True, check=True
        )
        outputs.append(run.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].count("\n") == 12


def test_a_page_without_room_for_any_sentence_says_how_many_it_leaves_out(figure):
    made = figure("actors", size=(800, 500))
    words = [item.text for item in made.scene.flat() if isinstance(item, Label)]
    said = f"{made.sentences_left} sentences behind this are left out; they are in the case file."
    assert made.sentences_left > 5
    assert any(said in line for line in words)
    without = figure("actors", size=(800, 500), sentences=False)
    assert not any("left out; they" in i.text for i in without.scene.flat() if isinstance(i, Label))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", SIZES)
def test_a_figure_of_nothing_says_what_may_be_included(figure, view, size):
    made = figure(view, size=size, filter=FILTERS["nothing"])
    words = " ".join(item.text for item in made.scene.items[1].items if isinstance(item, Label))
    assert words.startswith("No record says that Russia acted in Aleppo. 2 may include it:")
    assert not any("larger marks" in i.text for i in made.scene.flat() if isinstance(i, Label))


@pytest.mark.parametrize("view", ["actors", "matrix"])
def test_a_case_without_actors_says_so_on_the_canvas(case_file_of, qapp, view):
    made = compose(case_file_of(random_case(3, events=12, actors=0)), FigureRequest(views=(view,)))
    words = [item.text for item in made.scene.flat() if isinstance(item, Label)]
    assert "No record shown names an actor." in words or "No record shown ties two actors." in words


def test_the_documents_of_what_is_shown_follow_each_other_and_the_rest_is_counted(case_file_of, qapp):
    case = random_case(11, events=60, actors=8, documents=8)
    opened = case_file_of(case)
    titles = {document["title"] for document in case["documents"]}
    drawn = {}
    for height in (700, 1600, 3200):
        made = compose(opened, FigureRequest(views=("source",), size=(1200, height)))
        heads = [g.title for g in made.scene.groups() if g.kind == "legend"]
        drawn[height] = len(heads)
        words = [item.text for item in made.scene.flat() if isinstance(item, Label)]
        more = [line for line in words if line.startswith("and ") and "more document" in line]
        assert bool(more) == (len(heads) < len(titles))
        assert ids_of(encoded(made, ".svg")) >= {event["id"] for event in case["events"]}
    assert drawn[700] < drawn[1600] < drawn[3200]


def test_a_timeline_without_dates_leaves_the_room_to_the_sentences(case_file_of, qapp):
    from explorer.export.views import view_of
    from explorer.paint.fonts import QtMeasure
    from explorer.query.masks import evaluate

    case = random_case(3, events=10, actors=4)
    for event in case["events"]:
        event["time"] = None
    opened = case_file_of(case)
    shown = evaluate(opened.table(), Filter())
    assert not view_of("timeline", opened, shown, FigureRequest(), QtMeasure()).stretches
    assert view_of("timeline", opened, shown, FigureRequest(axis="order"), QtMeasure()).stretches


def test_a_figure_says_how_much_time_it_leaves_out_and_has_the_same_bytes_again(figure):
    one, other = (figure("timeline", axis="elastic") for _ in range(2))
    assert encoded(one, ".svg") == encoded(other, ".svg")
    assert encoded(one, ".png") == encoded(other, ".png")
    words = " ".join(each.text for each in texts(encoded(one, ".svg")))
    assert "Empty stretches are shortened (2 breaks)" in words
    assert "9 years" in words
