"""The filters of a command line: the options that query and export share (design §5)."""

from __future__ import annotations

import argparse
from typing import Any

from explorer.query.asking import Asked
from explorer.words import tr

#: option, facet of the filter, what to write after it, help. Each has an --exclude- twin.
FACET_OPTIONS = (
    ("actor", "actors", "NAME", "who takes part, with all that is part of it and whoever leads it"),
    ("place", "places", "NAME", "where, with all that lies below it; or a path: Syria/Aleppo"),
    ("kind", "kinds", "KIND", "happened, ongoing, situation or expected"),
    ("type", "types", "TYPE", "a PLOVER type, TYPE/mode, or its plain words"),
    ("class", "quads", "CLASS", "verbal_ or material_ cooperation or conflict, or its plain words"),
    ("document", "documents", "ID", "what a document speaks of, by id or title"),
    ("publisher", "publishers", "NAME", "what a publisher's documents speak of"),
    ("according-to", "according_to", "NAME", "who the report says it has it from"),
    ("reported-as", "reported_as", "HOW", "asserted, expected, possible, denied or assessment"),
    ("sources", "sources", "HOW", "one, several or differ"),
    ("status", "status", "STATUS", "unreviewed, checked or disputed"),
    ("basis", "basis", "BASIS", "what the dates rest on: stated, inferred, reference or (not stated)"),
    ("precision", "precision", "HOW", "how exactly it is dated: day, days, week, month, year, longer, open or unknown"),
    ("tag", "tags", "TAG", "the coder's tags"),
)  # fmt: skip
_ALSO = {"place": ("location",), "basis": ("time-basis",)}

_ABOUT = """\
Each takes several names and can be repeated. Names match ids, names and aliases, in capitals or not;
"(not stated)" stands for no value. Dates are plain words or EDTF: 2015, "Nov 2024",
"about 2 Dec 2024", 2024-11-27, 2016/2017; a day in numbers (27.11.2024) is asked back.
"""
#: Settings that are refused, not left out, where they are "".
_DATES = ("time_from", "time_to")
_SWITCH: dict[str, Any] = {"action": "store_true"}
_OTHERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("--all-actors", "every chosen actor, instead of any of them", _SWITCH),
    ("--all-places", "every chosen place, instead of any of them", _SWITCH),
    (
        "--role",
        "in which role the actors are meant (default: any)",
        {"choices": ("actor", "recipient", "any")},
    ),
    (
        "--place-role",
        "in which role the places are meant (default: any)",
        {"choices": ("any", "at", "from", "via", "to")},
    ),
    ("--possible-places", "also what may have been there", _SWITCH),
    ("--from", "not over before this date", {"dest": "time_from", "metavar": "DATE"}),
    ("--to", "begun by this date", {"dest": "time_to", "metavar": "DATE"}),
    ("--certain", "certainly between these dates, instead of possibly", _SWITCH),
    ("--undated", "undated records too, where there is a date", _SWITCH),
    (
        "--text",
        "all words, in titles or cited sentences",
        {"metavar": "WORD", "nargs": "+", "action": "extend"},
    ),
    ("--text-only", "only what the report says: no reference values", _SWITCH),
    (
        "--filter",
        'a file with the JSON that query prints under "filter"; - is standard input',
        {"metavar": "FILE"},
    ),
)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the filters that query and export share (design §5): everything the window can express."""
    group = parser.add_argument_group(tr("filters"), tr(_ABOUT))
    for option, facet, what, about in FACET_OPTIONS:
        names = (option, *_ALSO.get(option, ()))
        several: dict[str, Any] = {"metavar": what, "nargs": "+", "action": "extend", "default": []}
        group.add_argument(*(f"--{name}" for name in names), dest=facet, help=tr(about), **several)
        group.add_argument(
            *(f"--exclude-{name}" for name in names),
            dest=f"not_{facet}",
            help=tr("leave these out"),
            **several,
        )
    for option, about, settings in _OTHERS:
        group.add_argument(option, help=tr(about), **settings)


def asked_from(options: argparse.Namespace) -> Asked:
    """Return the filters of a command line as they were typed."""
    from explorer.query.asking import Asked

    switches = {
        "actor_role": options.role, "place_role": options.place_role, "possible_places": options.possible_places,
        "time_from": options.time_from, "time_to": options.time_to, "time_certain": options.certain,
        "undated": options.undated, "text": " ".join(options.text or ()), "text_only": options.text_only,
    }  # fmt: skip
    every = {"actors": options.all_actors, "places": options.all_places}
    facets = [facet for _, facet, _, _ in FACET_OPTIONS]
    return Asked(
        {facet: getattr(options, facet) for facet in facets},
        {facet: getattr(options, f"not_{facet}") for facet in facets},
        frozenset(facet for facet, chosen in every.items() if chosen),
        {name: value for name, value in switches.items() if value or (name in _DATES and value is not None)},
    )
