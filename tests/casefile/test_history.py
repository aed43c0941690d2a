"""Edits are committed whole, undone to the byte, kept in the file, and refused where the case would not hold together."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import random_case

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.intake.reporting import check_case
from explorer.model.records import LISTS, Actor, Case, CaseHeader


def text_of(case: CaseFile) -> str:
    return "".join(case.to_json())


def case_from(raw: dict[str, Any], path: Path) -> CaseFile:
    case = Case.model_validate(raw)
    made = CaseFile.create(
        path, CaseHeader.model_validate({n: getattr(case, n) for n in CaseHeader.model_fields})
    )
    made.append([record for name in LISTS for record in getattr(case, name)])
    return made


@pytest.fixture
def case(tmp_path: Path, sample_json: dict[str, Any]) -> Iterator[CaseFile]:
    with case_from(sample_json, tmp_path / "sample.dateline") as made:
        yield made


def retitled(case: CaseFile, title: str, record_id: str = "evt-airstrikes") -> Edit:
    record = case.record(record_id)
    assert record is not None
    return Edit(f"retitle to {title}", (record.model_copy(update={"title": title}),))


def random_edit(case: CaseFile, draw: random.Random, number: int) -> Edit:
    """An edit of any kind; some are refused, which must change nothing."""
    kind = draw.randrange(9)
    events = list(case.all("events"))
    event = draw.choice(events) if events else None
    if kind == 0 and event:
        return Edit("title", (event.model_copy(update={"title": f"{event.title[:40]} ‡{number} 😀"}),))
    if kind == 1 and events:
        some = draw.sample(events, min(len(events), 3))
        status = draw.choice(["unreviewed", "checked", "disputed"])
        return Edit("status", tuple(each.model_copy(update={"status": status}) for each in some))
    if kind == 2:
        return Edit(
            "new", (Actor(id=f"act-new-{number}", name=f"اسم {number}", kind="person", aliases=("A",)),)
        )
    if kind == 3:
        name = draw.choice([name for name in LISTS if name != "mentions" and case.count(name)])
        return Edit("remove", (), ((name, draw.choice([r.id for r in case.all(name)])),))
    if kind == 4 and case.count("mentions"):
        each = draw.choice(list(case.all("mentions")))
        return Edit("mention", (), (("mentions", f"{each.span} → {each.refers_to}"),))
    if kind == 5 and event:
        gone = draw.sample(event.participants, len(event.participants) // 2)
        left = tuple(p for p in event.participants if p not in gone)
        return Edit("who", (event.model_copy(update={"participants": left, "places": ()}),))
    if kind == 6:
        document = draw.choice(list(case.all("documents")))
        half = document.sentences[: max(1, len(document.sentences) - draw.randrange(2))]
        return Edit(
            "document", (document.model_copy(update={"title": f"Report {number}", "sentences": half}),)
        )
    if kind == 7:
        header = case.header().model_copy(update={"title": f"Case {number}", "coders": ("B",)})
        return Edit("header", (header,))
    links = [("links", link.id) for link in case.all("links")][:1]
    note = [a.model_copy(update={"note": f"n{number}"}) for a in list(case.all("actors"))[:2]]
    return Edit("several", tuple(note), tuple(links))


def edited(case: CaseFile, draw: random.Random, count: int) -> int:
    done = 0
    for number in range(count):
        try:
            done += bool(case.commit(random_edit(case, draw, number)).number)
        except CaseFileError as error:
            assert error.problems  # noqa: PT017 - some edits are refused, none may break
        if draw.random() < 0.05 and case.undo():
            done -= 1
    return done


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_undo_all_gives_the_original_to_the_byte_and_redo_all_the_edited(
    seed: int, tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    raw = random_case(seed, events=14, actors=6) if seed else sample_json
    path = tmp_path / "x.dateline"
    with case_from(raw, path) as case:
        original, original_hash = text_of(case), case.case_hash()
        done = edited(case, random.Random(seed), 120)
        after = text_of(case)
        assert done > 30
        assert after != original
        assert not check_case(case).problems
    with CaseFile.open(path) as case:  # across a restart
        while case.undo():
            pass
        assert text_of(case) == original
        assert case.case_hash() == original_hash
        assert not list(case.damage())
        assert not case.can_undo
        assert len([step for step in case.history() if step.undone]) >= done
        case.go_to(max(step.number for step in case.history()))
        assert text_of(case) == after
        assert not list(case.damage())
        assert not case.can_redo
        case.go_to(0)
        assert text_of(case) == original
