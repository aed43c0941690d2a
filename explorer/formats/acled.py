"""ACLED, CSV of the current export and of older ones, as model.md §8 maps it.

Codebook: ACLED Codebook (2023 and later). "Actor 1 and actor 2 do not imply directionality": both are parties, but for
civilian targeting (in older exports, without that column: violence against civilians). Fatalities are conservative
estimates with conventions for vague reports, so "about n".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.formats import rows as build
from explorer.formats.columns import cells_of, column_order, file_notes, likeness, read_table
from explorer.formats.days import ASK, day_in
from explorer.formats.port import Draft, Named, Row, Skipped, WrongRow
from explorer.formats.sharing import Shared
from explorer.formats.source import Source
from explorer.formats.tabular import columns_of, dialect_of
from explorer.words import tr

_NEEDED = ("event_id_cnty", "event_date", "event_type", "actor1")
_TELLING = (*_NEEDED, "sub_event_type", "inter1", "inter2", "geo_precision", "time_precision", "fatalities")
_COLUMNS = (
    *_NEEDED, "sub_event_type", "year", "time_precision", "actor2", "assoc_actor_1", "assoc_actor_2", "inter1",
    "inter2", "civilian_targeting",
    "country", "admin1", "admin2", "location", "latitude", "longitude", "geo_precision", "source", "notes",
    "fatalities", "tags",
)  # fmt: skip
#: Names of columns in older exports.
_OTHER_NAMES = {"assoc_actor_1": ("ally_actor_1",), "assoc_actor_2": ("ally_actor_2",)}
#: Columns that exports have and that are not read.
_UNREAD = (
    "event_id_no_cnty", "data_id", "iso", "iso3", "region", "admin3", "interaction", "disorder_type", "source_scale",
    "timestamp", "gwno", "ally_actor_1", "ally_actor_2", "population_1km", "population_2km", "population_5km",
    "population_best",
)  # fmt: skip
_CODED: dict[str, tuple[str | None, str | None]] = {
    "Chemical weapon": ("ASSAULT", "unconventional"), "Air/drone strike": ("ASSAULT", "aerial"),
    "Suicide bomb": ("ASSAULT", "suicide-attack"), "Shelling/artillery/missile attack": ("ASSAULT", "heavy-weapons"),
    "Remote explosive/landmine/IED": ("ASSAULT", "explosives"), "Grenade": ("ASSAULT", "explosives"),
    "Sexual violence": ("ASSAULT", "sexual"), "Abduction/forced disappearance": ("ASSAULT", "abduct"),
    "Agreement": ("AGREE", None), "Arrests": ("COERCE", "arrest"),
    "Looting/property destruction": ("ASSAULT", "destroy"), "Violent demonstration": ("PROTEST", "riot"),
    "Mob violence": ("PROTEST", "riot"),
}  # fmt: skip
_TYPES = {
    "Battles": ("ASSAULT", None), "Explosions/Remote violence": ("ASSAULT", None), "Protests": ("PROTEST", "demo"),
    "Riots": ("PROTEST", "riot"), "Violence against civilians": ("ASSAULT", None),
    "Riots/Protests": ("PROTEST", None), "Remote violence": ("ASSAULT", None),
    "Battle-No change of territory": ("ASSAULT", None), "Battle-Government regains territory": ("ASSAULT", None),
    "Battle-Non-state actor overtakes territory": ("ASSAULT", None),
}  # fmt: skip
#: Inter code or word -> kind of actor.
_INTER = {
    "1": "state_forces", "2": "rebel_group", "3": "militia", "4": "identity_group", "5": "protesters",
    "6": "protesters", "7": "civilians", "8": "other", "state forces": "state_forces", "rebel group": "rebel_group",
    "rebel groups": "rebel_group", "political militia": "militia", "political militias": "militia",
    "identity militia": "identity_group", "identity militias": "identity_group", "rioters": "protesters",
    "protesters": "protesters", "civilians": "civilians", "external/other forces": "other", "other forces": "other",
}  # fmt: skip
#: geo_precision -> where_prec of UCDP: the place itself, near it, somewhere in the region it stands for.
_PRECISION = {"1": 1, "2": 2, "3": 4}
DATASET: Draft = {
    "id": "dst-acled", "title": "Armed Conflict Location & Event Data (ACLED)", "publisher": "ACLED",
    "licence": "ACLED terms of use; rows may not be passed on",
    "citation": "Raleigh, Clionadh, Roudabeh Kishi and Andrew Linke (2023). Political instability patterns are "
    "obscured by conflict dataset scope conditions, sources, and coding choices. Humanities and Social Sciences "
    "Communications 10, 74. Data: Armed Conflict Location & Event Data (ACLED), acleddata.com.",
    "url": "https://acleddata.com", "sharing": "figures_only",
}  # fmt: skip


class AcledReader:
    """Reads ACLED."""

    name = "acled"
    title = "ACLED"
    vouched = True

    def sniff(self, head: bytes, name: str) -> float:
        """Return 1 where the header has the columns of ACLED."""
        del name
        return likeness(head, dialect_of(head), _NEEDED, _TELLING)

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what its terms ask of figures."""
        dialect = dialect_of(source.head)
        told: tuple[str, ...] = (tr("ACLED asks to be cited, and that its rows are not passed on."),)
        if column_order(source.head, dialect, "event_date") == ASK:
            told = (
                *told,
                tr(
                    "No event_date tells the day from the month: read with the day first, as ACLED writes it."
                ),
            )
        return (*told, *file_notes(source.head, dialect, frozenset((*_COLUMNS, *_UNREAD))))

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield a row's document, span, event and new places; at the end the actors and areas."""
        dialect = dialect_of(source.head)
        order = column_order(source.head, dialect, "event_date")
        order = "day-first" if order == ASK else order
        return read_table(source, dialect, lambda header: _Mapping(header, order), needed=_NEEDED)


class _Mapping:
    """One file on its way from cells to records."""

    def __init__(self, header: Sequence[str], order: str) -> None:
        self.cell = cells_of(header, _COLUMNS, _OTHER_NAMES)
        self.order = order
        self.aims = "civilian_targeting" in columns_of(header)
        self.shared = Shared("acled", "ACLED")

    def first(self) -> list[Named]:
        """Return the dataset."""
        return [("datasets", DATASET)]

    def last(self) -> list[Named]:
        """Return the actors and areas."""
        return self.shared.records()

    def row(self, line: int, cells: list[str], remarks: list[str]) -> Row:
        """Return what one row becomes."""
        said = {name: build.given(take(cells)) for name, take in self.cell.items()}
        if not said["event_id_cnty"]:
            raise WrongRow(tr("no id"))
        key = build.row_key(said["event_id_cnty"], any_case=True)
        cited = [f"sp-acled-{key}"]
        new: list[Named] = []
        event: Draft = {"id": f"evt-acled-{key}", "title": _title(said)}
        sub_event = said["sub_event_type"]
        coded, mode = _CODED.get(sub_event) or _TYPES.get(said["event_type"]) or (None, None)
        if coded:
            event["type"] = coded
        if mode:
            event["mode"] = mode
        if sub_event:
            event["acled"] = sub_event
        event["time"] = {"evidence": cited, "edtf": _when(said, self.order)}
        number = _deaths(said)  # what may refuse the row comes before what rows share
        remarks.extend(build.nowhere(said["latitude"], said["longitude"]))
        if place := self._place(said, cited, new):
            event["places"] = [place]
        if taking := self._participants(said, cited):
            event["participants"] = taking
        if number is not None:
            exactly = {} if number == 0 else {"qualifier": "about"}
            event["quantities"] = [{"evidence": cited, "kind": "fatalities", **exactly, "best": number}]
        event["claims"] = [build.claim(f"clm-acled-{key}", cited, said["source"])]
        if tags := tuple(dict.fromkeys(tag for each in said["tags"].split(";") if (tag := each.strip()))):
            event["tags"] = list(tags)
        document = build.document(
            f"doc-acled-{key}", build.shortened_title(said["notes"], 60) or event["title"], said["notes"],
            build.sentences(said["notes"]), publisher=said["source"], dataset=DATASET["id"],
        )  # fmt: skip
        records = [("documents", document), ("spans", build.whole_span(cited[0], document["id"]))]
        return Row(line, [*records, *new, ("events", event)], tuple(remarks))

    def _participants(self, said: dict[str, str], cited: list[str]) -> list[Draft]:
        """Return all as parties; where civilians are targeted, one side as who did it, theirs as who suffered it."""
        kinds = [_kind_of(said[f"actor{number}"], said[f"inter{number}"]) for number in "12"]
        taking: dict[str, str] = {}
        for number, kind, role in zip("12", kinds, self._roles(said, kinds), strict=True):
            if name := said[f"actor{number}"]:
                taking.setdefault(self.shared.actor(name, kind), role)
            for each in said[f"assoc_actor_{number}"].split(";"):
                if name := each.strip():
                    taking.setdefault(self.shared.actor(name, "other"), role)
        return [{"evidence": cited, "actor": actor, "role": role} for actor, role in taking.items()]

    def _roles(self, said: dict[str, str], kinds: list[str]) -> tuple[str, str]:
        """Return the roles of both sides."""
        aimed = (
            said["civilian_targeting"] if self.aims else said["event_type"] == "Violence against civilians"
        )
        if not aimed:
            return "party", "party"
        return ("recipient", "actor") if kinds[0] == "civilians" != kinds[1] else ("actor", "recipient")

    def _place(self, said: dict[str, str], cited: list[str], new: list[Named]) -> Draft | None:
        path = [said["country"], said["admin1"], said["admin2"]]
        point = build.point(said["latitude"], said["longitude"])
        if said["location"]:
            location: str | None = self.shared.place(path, said["location"], point, "place", new)
        else:
            location = self.shared.area(path)
        if location is None:
            return None
        place: Draft = {"evidence": cited, "location": location}
        if precision := _PRECISION.get(said["geo_precision"]):
            place["precision"] = precision
        return place


def _title(said: dict[str, str]) -> str:
    sides = " – ".join(side for side in (said["actor1"], said["actor2"]) if side)
    what = said["sub_event_type"] or said["event_type"] or tr("Event")
    where = said["location"] or said["admin1"] or said["country"]
    title = f"{what}: {sides}" if sides else what
    return build.shortened_title(f"{title}, {where}" if where else title)


def _kind_of(name: str, inter: str) -> str:
    return "civilians" if name.startswith("Civilians") else _INTER.get(inter.casefold(), "other")


def _when(said: dict[str, str], order: str) -> str:
    """Return when: a day, about that day (time_precision 2: within a week or so), or its month (3)."""
    found = day_in(said["event_date"], order, said["year"][:2])
    if found is None:
        raise WrongRow(tr("event_date is not a date"))
    return {"2": f"{found}~", "3": found[:7]}.get(said["time_precision"], found)


def _deaths(said: dict[str, str]) -> int | None:
    try:
        return build.whole_number(said["fatalities"])
    except ValueError:
        raise WrongRow(tr("fatalities is not a number")) from None
