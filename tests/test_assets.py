"""Resources are found in an installed wheel and in a checkout, and a missing one says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer import assets


def test_the_sample_and_the_fonts_are_found_in_a_checkout() -> None:
    for name in ("sample.case.json", "fonts/NotoSans-Regular.ttf", "fonts"):
        assert assets.resource(name).exists()


def test_what_the_wheel_carries_comes_before_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel, checkout = tmp_path / "_resources", tmp_path / "resources"
    for place in (wheel, checkout):
        place.mkdir()
        (place / "both.txt").write_text(place.name, encoding="utf-8")
    (checkout / "one.txt").touch()
    monkeypatch.setattr(assets, "PLACES", (wheel, checkout))
    assert assets.resource("both.txt").parent == wheel
    assert assets.resource("one.txt").parent == checkout


def test_a_missing_resource_says_what_and_where() -> None:
    with pytest.raises(
        assets.ResourceMissingError, match=r"no-such-file\.ttf is missing; looked in .*resources"
    ):
        assets.resource("no-such-file.ttf")


def test_the_first_place_is_where_the_build_puts_resources() -> None:
    project = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert 'resources = "explorer/_resources"' in project
    assert assets.PLACES[0].parts[-2:] == ("explorer", "_resources")
