"""What tests of readers share: rows of a text, and that every record is valid and canonical."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from explorer.casefile.appending import body_of
from explorer.formats.port import Reader, Row, Skipped
from explorer.formats.source import opened
from explorer.model.records import LISTS

DATA = Path(__file__).parent / "data"


def read(reader: Reader, path: Path) -> tuple[list[Row], list[Skipped]]:
    """Return the rows and what was skipped of a file; every record is checked."""
    with opened(path) as source:
        found = list(reader.read(source))
    rows = [each for each in found if isinstance(each, Row)]
    check(rows)
    return rows, [each for each in found if isinstance(each, Skipped)]


def check(rows: Iterable[Row]) -> None:
    """Hold that each draft is a valid record, and is its own canonical body."""
    for row in rows:
        for name, draft in row.records:
            body = json.dumps(draft, ensure_ascii=False, separators=(",", ":"))
            assert body_of(LISTS[name].model_validate(draft)) == body


def events(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Return the events by id."""
    return {draft["id"]: draft for row in rows for name, draft in row.records if name == "events"}


def records(rows: Iterable[Row], wanted: str) -> dict[str, dict[str, Any]]:
    """Return the records of a list by id."""
    return {draft["id"]: draft for row in rows for name, draft in row.records if name == wanted}


def named(rows: Iterable[Row], wanted: str, name: str) -> dict[str, Any]:
    """Return the one record of a list with a name."""
    (found,) = [draft for draft in records(rows, wanted).values() if draft["name"] == name]
    return found


#: Written by hand in the layouts of the publishers; no row is theirs.
ACLED_HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
ACLED_ROWS = (
    ('XYZ1,02 March 2024,2024,1,Political violence,Battles,Armed clash,Red Army of Xyland,,State forces,Blue Front,'
    '"Green Guard; White Guard",Rebel group,,,999,Nowhere,Xyland,North,Hill District,,Old Mill,10.5,20.25,1,'
    'Gazette; Radio X,National,"Red and Blue fought at the mill. Two ""fighters"" died.",2,,1709500000'),
    ('XYZ2,2024-03-05,2024,2,Political violence,Violence against civilians,Attack,Blue Front,,2,Civilians (Xyland),,7,27,'
    'Civilian targeting,999,Nowhere,Xyland,North,Hill District,,Old Mill,10.5,20.25,2,Gazette,National,'
    '"Blue shot at villagers.",0,,1709500000'),
    ('XYZ3,2024-03-07,2024,3,Demonstrations,Protests,Peaceful protest,Protesters (Xyland),Teachers (Xyland),6,,,0,60,,999,'
    'Nowhere,Xyland,South,,,Port,11,21,3,Radio X,National,Teachers marched.,,crowd size=no report,1709500000'),
)  # fmt: skip
ICEWS_HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\t"
    "Target Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)
ICEWS_ROWS = (
    ("11\t2018-06-01\tXyland\tNA\tXyland\tOccupy territory\t192\t-9.5\tRebels (Ypolis)\tRebel,Dissident\tYpolis\t77\t2\t"
    'Daily "X"\tOld Mill\tNA\tNorth\tXyland\t10.5\t20.25'),
    ("12\t2018-06-01\tRebels (Ypolis)\tRebel\tYpolis\tConsult\t040\t1\tXyland\tNA\tXyland\t77\t2\tDaily \"X\"\tNA\tNA\tNA\t"
    "Xyland\t10\t20"),
    "13\tyesterday\tXyland\tNA\tXyland\tConsult\t040\t1\tYpolis\tNA\tYpolis\t78\t1\tNA\tNA\tNA\tNA\tXyland\t10\t20",
)  # fmt: skip


def gdelt_row(
    number: int, width: int, *, url: str = "https://news.example/a", code: str = "195", day: str = "20200102"
) -> str:
    """Return a row of a GDELT table of events."""
    first = [str(number), day, day[:6], day[:4], "2020.0055"]
    one = ["XYZGOV", "XYLAND", "XYZ", "", "", "", "", "GOV", "", ""]
    two = ["REB", "REBELS", "", "", "", "", "", "REB", "", ""]
    middle = ["1", code, code, code[:2], "4", "-10.0", "6", "1", "6", "-3.2"]
    geo = ["4", "Old Mill, North, Xyland", "XY", "XY01", "10.5", "20.25", "-77"]
    if width == 61:
        geo.insert(4, "XY0101")
    cells = [*first, *one, *two, *middle, *geo, *geo, *geo, "20200103"]
    return "\t".join([*cells, url] if width != 57 else cells)


def gdelt_mention(number: int, url: str = "https://other.example/b", sentence: str = "3") -> str:
    """Return a row of GDELT mentions."""
    cells = [
        str(number),
        "20200102000000",
        "20200102011500",
        "1",
        "other.example",
        url,
        sentence,
        "10",
        "-1",
        "40",
        "1",
        "90",
        "2000",
        "-1.5",
        "",
        "",
    ]
    return "\t".join(cells)
