from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings

from explorer.ui.settings import MOST_RECENT, Settings


def store(path: Path) -> QSettings:
    return QSettings(str(path / "s.ini"), QSettings.Format.IniFormat)


def test_what_is_kept_is_read_by_the_next_run(tmp_path: Path) -> None:
    settings = Settings(store(tmp_path))
    settings.set_text("theme", "dark")
    settings.set_flag("codes", on=True)
    settings.set_blob("window/panels", QByteArray(b"\x00\x01layout"))
    settings.end_run()
    again = Settings(store(tmp_path))
    assert again.text("theme") == "dark"
    assert again.flag("codes")
    assert again.blob("window/panels") == QByteArray(b"\x00\x01layout")


@given(st.binary(min_size=1, max_size=80), st.integers(0, 79), st.integers(1, 255))
def test_a_damaged_layout_is_never_handed_to_qt(tmp_path: Path, blob: bytes, at: int, change: int) -> None:
    keeper = store(tmp_path)
    settings = Settings(keeper)
    settings.set_blob("window/panels", QByteArray(blob))
    hurt = bytearray(blob)
    hurt[at % len(hurt)] ^= change
    keeper.setValue("window/panels/blob", QByteArray(bytes(hurt)))
    assert settings.blob("window/panels") is None


def test_a_layout_of_another_version_is_skipped(tmp_path: Path) -> None:
    keeper = store(tmp_path)
    settings = Settings(keeper)
    settings.set_blob("window/panels", QByteArray(b"layout"))
    seal = settings.text("window/panels/seal")
    keeper.setValue("window/panels/seal", "0 " + seal.split(" ", 1)[1])
    assert settings.blob("window/panels") is None


def test_nonsense_in_the_file_is_read_as_nothing(tmp_path: Path) -> None:
    keeper = store(tmp_path)
    keeper.setValue("window/panels/blob", "text")
    keeper.setValue("recent", 5)
    settings = Settings(keeper)
    assert settings.blob("window/panels") is None
    assert settings.recent() == ("5",) or settings.recent() == ()


def test_recent_files_are_few_and_each_once(tmp_path: Path) -> None:
    settings = Settings(store(tmp_path))
    for number in [*range(15), 3]:
        settings.add_recent(tmp_path / f"{number}.dateline")
    names = [Path(path).name for path in settings.recent()]
    assert names[:2] == ["3.dateline", "14.dateline"]
    assert len(names) == MOST_RECENT == len(set(names))
    settings.clear_recent()
    assert settings.recent() == ()


def test_an_unclean_end_is_noticed_once(tmp_path: Path) -> None:
    assert Settings(store(tmp_path)).begin_run()
    second = Settings(store(tmp_path))
    assert not second.begin_run()
    second.end_run()
    assert Settings(store(tmp_path)).begin_run()


def test_the_window_restores_its_panels_after_a_clean_run_only(make_window: Any, settings: Any) -> None:
    first = make_window()
    first.actions_table["show_filters"].trigger()
    first.close()
    assert make_window().docks["filters"].isHidden()
    assert not make_window(clean=False).docks["filters"].isHidden()
