"""A file is wholly written or the old one stays."""

from __future__ import annotations

import pytest

from explorer.export.devices import ExportError, write_bytes


def test_bytes_replace_what_was_there(tmp_path):
    path = tmp_path / "a.svg"
    path.write_bytes(b"old and long")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.svg"]


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path):
    with pytest.raises(ExportError) as caught:
        write_bytes(tmp_path / "missing" / "a.svg", b"x")
    assert "a.svg" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_directory_is_never_replaced(tmp_path):
    with pytest.raises(ExportError):
        write_bytes(tmp_path, b"x")
    assert tmp_path.is_dir()


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    from PySide6.QtCore import QSaveFile

    path = tmp_path / "a.svg"
    path.write_bytes(b"old")
    monkeypatch.setattr(QSaveFile, "commit", lambda self: False)
    with pytest.raises(ExportError):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
