"""Whatever is edited, by any maker: undo all gives the original to the byte, nothing is ever wrong, columns follow.

DATELINE_EDITS sets how many edits a session has: 30, or 500 in the long form; DATELINE_SEED where sessions begin.
"""

from __future__ import annotations

import collections
import os
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from anyedit import MAKERS, any_edit
from builders import random_case
from columns_alike import assert_same

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.casefile.table import build_table
from explorer.intake.opening import open_case
from explorer.intake.reporting import check_case

EDITS = int(os.environ.get("DATELINE_EDITS", "30"))
SEED = int(os.environ.get("DATELINE_SEED", "0"))


def text_of(case: CaseFile) -> str:
    return "".join(case.to_json())


def walked(case: CaseFile, draw: random.Random) -> None:
    """Undo, redo, or go to any step, or edit; what is refused changes nothing."""
    kind = draw.random()
    if kind < 0.12:
        case.undo()
    elif kind < 0.18:
        case.redo()
    elif kind < 0.22:
        case.go_to(draw.choice([0, *(step.number for step in case.history())][-6:]))
    else:
        before = case.version
        try:
            # Where a case has nothing to edit so, another edit is drawn.
            with suppress(IndexError):
                case.commit(any_edit(case, draw))
        except CaseFileError as error:
            assert "damaged" not in str(error)  # noqa: PT017 - some edits are refused, none may break
            assert case.version == before


def session(case: CaseFile, draw: random.Random) -> None:
    states = {0: text_of(case)}
    for _ in range(EDITS):
        walked(case, draw)
        here = case.undo_step.number if case.undo_step else 0
        now = text_of(case)
        assert states.setdefault(here, now) == now, (
            "the case after a step is the same whenever one comes to it"
        )
        assert not check_case(case).problems
        assert_same(case.table(), build_table(case.database, case.version))
    while case.undo():
        here = case.undo_step.number if case.undo_step else 0
        assert text_of(case) == states[here]
    assert text_of(case) == states[0]


@pytest.mark.parametrize("seed", range(SEED, SEED + 3))
def test_any_edits_undone_give_the_original_to_the_byte(seed: int, case_file_of: Any) -> None:
    raw = random_case(seed, events=14, actors=8, locations=6, documents=3, links=4, relations=4)
    with case_file_of(raw) as case:
        session(case, random.Random(seed))


def test_any_edits_of_the_sample_undone_give_the_original_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "sample.dateline"
    with open_case("sample") as sample:
        sample.save_copy(path)
    with CaseFile.open(path) as case:
        before = case.case_hash()
        session(case, random.Random(SEED))
        assert case.case_hash() == before
        assert not case.can_undo


def test_every_maker_makes_edits_that_are_committed(case_file_of: Any) -> None:
    case = case_file_of(random_case(1, events=14, actors=8, documents=4, links=4, relations=4))
    draw, done = random.Random(1), collections.Counter[str]()
    wanted = {make.__name__ for make in MAKERS}
    for _ in range(3_000):
        known = len(case.history())
        state = draw.getstate()
        with suppress(IndexError, CaseFileError):
            edit = any_edit(case, draw)
            case.commit(edit)
        if len(case.history()) > known:
            after = draw.getstate()
            draw.setstate(state)
            done[draw.choice(MAKERS).__name__] += 1
            draw.setstate(after)
        if wanted <= done.keys():
            return
    raise AssertionError(sorted(wanted - done.keys()))
