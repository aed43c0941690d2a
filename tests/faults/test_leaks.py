"""What was deleted does not travel: not in a copy, a log beside it or the JSON; nor in the case longer than its history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from explorer.casefile.store import CaseFile
from explorer.edit.adding import Confirmed, add_document
from explorer.edit.records import add, remove
from explorer.edit.values import set_field
from explorer.model.records import Actor
from explorer.workspace.files import save_case, save_json

SECRET = "xylophonic"
SENTENCE = "the xylophonic army came"
STRIKES = "evt-airstrikes"


def holding(folder: Path, words: str = SECRET) -> set[str]:
    """Return the files of a folder in whose bytes words stand, in any encoding that a file may have."""
    coded = [words.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return {
        each.name for each in folder.iterdir() if any(code in each.read_bytes().lower() for code in coded)
    }


@pytest.fixture
def case(sample_file: Any, tmp_path: Path) -> CaseFile:
    """A case that held a secret in a report, a title, a name and a note, all of it deleted again."""
    path = tmp_path / "own" / "case.dateline"
    path.parent.mkdir()
    sample_file.save_copy(path)
    case = CaseFile.open(path)
    text = "\n\n".join(f"{SENTENCE.capitalize()}, number {number}." for number in range(300))
    case.commit(add_document(case, Confirmed(text, "The Xylophonic papers")))
    case.commit(set_field(case, STRIKES, "title", SENTENCE))
    case.commit(add(Actor(id="act-x", name=SENTENCE, kind="person", note=SENTENCE * 3_000)))
    case.keep_columns(least=0)
    assert case.search(SECRET)
    document = next(each.id for each in case.all("documents") if "Xylophonic" in each.title)
    case.commit(remove(case, ["act-x"]))
    case.commit(set_field(case, STRIKES, "title", "strikes"))
    case.commit(remove(case, document))
    return case


def test_copies_and_json_hold_nothing_of_it_in_any_byte_of_any_file(case: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    save_case(case, out / "copy.dateline")
    save_json(case, out / "case.json")
    assert holding(out) == set()
    with CaseFile.open(out / "copy.dateline") as copy:
        copy.commit(set_field(copy, STRIKES, "title", "new"))
        copy.keep_columns(least=0)
        assert holding(out) == set()
    assert holding(out) == set()
    assert sorted(each.name for each in out.iterdir()) == ["case.json", "copy.dateline"]
    case.close()


def test_a_copy_with_its_history_holds_it_as_was_asked(case: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    save_case(case, out / "copy.dateline", with_history=True)
    assert holding(out) == {"copy.dateline"}
    case.close()


def test_the_case_itself_keeps_its_text_no_longer_than_its_history(case: CaseFile) -> None:
    folder = case.path.parent
    case.close()
    assert holding(folder, SENTENCE) == {case.path.name}  # who gives away the case gives away its history
    with CaseFile.open(case.path) as again:
        again.go_to(0)
        again.commit(set_field(again, STRIKES, "title", "What was undone is forgotten now"))
    assert holding(folder, SENTENCE) == set()


def test_an_import_lets_the_text_of_the_history_go_but_for_the_names_of_its_steps(case: CaseFile) -> None:
    folder, text = case.path.parent, f"{SENTENCE}, number 250"
    assert holding(folder, text)
    case.append([Actor(id="act-imported", name="Imported", kind="person")])
    case.close()
    assert holding(folder, text) == set()
    assert holding(folder, SENTENCE) == {case.path.name}
