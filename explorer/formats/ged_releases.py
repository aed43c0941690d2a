"""What is known of UCDP GED's releases: their columns, which of them a file's name says, and how each is cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.formats.port import Draft
from explorer.formats.tabular import Dialect, sample_rows
from explorer.words import tr

CITATION = (
    "Sundberg, Ralph, and Erik Melander (2013). Introducing the UCDP Georeferenced Event Dataset. "
    "Journal of Peace Research 50(4): 523–532."
)
CANDIDATE_CITATION = (
    "Hegre, Håvard, Mihai Croicu, Kristine Eck and Stina Högbladh (2020). Introducing the UCDP Candidate Events "
    "Dataset. Research & Politics 7(3)."
)
#: The columns of releases since 20.1, in their order; some candidate releases were published without a header.
LAYOUT = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
#: Columns that other releases have besides, or under other names.
OTHER_NAMES = {
    "best": ("best_est", "best_estimate"), "low": ("low_est", "low_estimate"), "high": ("high_est", "high_estimate"),
    "where_coordinates": ("where_description",), "side_a_new_id": ("side_a_id", "side_a_dset_id"),
    "side_b_new_id": ("side_b_id", "side_b_dset_id"), "conflict_new_id": ("conflict_id", "conflict_dset_id"),
    "dyad_new_id": ("dyad_id", "dyad_dset_id"), "gwnoa": ("gwno_a",), "gwnob": ("gwno_b",),
}  # fmt: skip
KNOWN = frozenset(
    (*LAYOUT, *(name for names in OTHER_NAMES.values() for name in names), "gwno", "gwnoloc", "gwab", "isocc")
)
_MONTHS = re.compile(r"ged[^0-9]{0,12}v?(\d{2}_\d{2}_\d{2}_\d{2})(?!\d)", re.IGNORECASE)
_RELEASE = re.compile(r"ged[^0-9]{0,12}v?(\d{2})[._]?(\d)(?:[._]?(\d{1,2}))?(?!\d)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[ T].*)?")


def release_of(name: str) -> str | None:
    """Return the release that a file's name says ("GEDEvent_v25_1": 25.1; "…_v24_01_24_12": 24.01.24.12), or None."""
    if found := _MONTHS.search(name):
        return found[1].replace("_", ".")
    found = _RELEASE.search(name)
    return ".".join(part for part in found.groups() if part) if found else None


def is_candidate(release: str | None) -> bool:
    """Return whether a release is one of candidate events: monthly (24.0.3), or several months (24.01.24.12)."""
    parts = (release or "").split(".")
    return len(parts) == 4 or (len(parts) == 3 and parts[1] == "0")


def dataset_of(release: str | None) -> Draft:
    """Return the dataset that a file of a release is; of a file that names none, without a version."""
    candidate = is_candidate(release)
    draft: Draft = {
        "id": f"dst-ucdp-ged-{release}" if release else "dst-ucdp-ged",
        "title": "UCDP Candidate Events Dataset" if candidate else "UCDP Georeferenced Event Dataset (GED)",
        "publisher": "Uppsala Conflict Data Program, Uppsala University",
    }
    if release:
        draft["version"] = release
    citation = CANDIDATE_CITATION if candidate else CITATION
    return {
        **draft, "licence": "CC BY 4.0",
        "citation": citation if release else f"{citation} (The file does not name its release.)",
        "url": "https://ucdp.uu.se/downloads/", "sharing": "free",
    }  # fmt: skip


def header_of(head: bytes, dialect: Dialect) -> list[str] | None:
    """Return the names of the columns where a file has none: 49 columns that hold what LAYOUT says; None else."""
    rows = sample_rows(head, dialect, 3)
    return list(LAYOUT) if rows and all(map(_fits, rows)) else None


def _fits(cells: Sequence[str]) -> bool:
    if len(cells) != len(LAYOUT):
        return False
    said = dict(zip(LAYOUT, cells, strict=True))
    return (
        said["id"].isdigit()
        and said["type_of_violence"] in {"1", "2", "3"}
        and all(_DAY.fullmatch(said[name].strip()) for name in ("date_start", "date_end"))
    )


def release_notes(release: str | None) -> tuple[str, ...]:
    """Return what is to be known of a file's release."""
    if release is None:
        return (tr("The file does not name its release of UCDP GED."),)
    if is_candidate(release):
        return (tr("These are candidate events, which UCDP may still revise or drop."),)
    return ()
