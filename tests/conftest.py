"""Fixtures shared by all tests: the sample case in each of its shapes, a measure without fonts, and a quiet Qt."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "dateline",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("dateline")

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample.case.json"


class FakeMeasure:
    """Seven pixels a character in every font, so that geometry is tested without one."""

    def width(self, text: str, font: str) -> float:
        return 7.0 * len(text)

    def ascent(self, font: str) -> float:
        return 10.0

    def descent(self, font: str) -> float:
        return 3.0


@pytest.fixture(scope="session")
def sample_path() -> Path:
    return SAMPLE


@pytest.fixture(scope="session")
def _sample_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def sample_json(_sample_text: str) -> dict[str, Any]:
    return json.loads(_sample_text)


@pytest.fixture
def sample_case(sample_json: dict[str, Any]) -> Any:
    from explorer.model.records import Case

    return Case.model_validate(sample_json)


@pytest.fixture
def sample_file() -> Iterator[Any]:
    from explorer.intake.opening import open_case

    case = open_case("sample")
    yield case
    case.close()


@pytest.fixture
def sample_table(sample_file: Any) -> Any:
    return sample_file.table()


@pytest.fixture
def measure() -> FakeMeasure:
    return FakeMeasure()


@pytest.fixture
def case_file_of(tmp_path: Path) -> Iterator[Any]:
    """Open a case given as a JSON dict, through the one path every case takes."""
    from explorer.intake.opening import open_case

    opened = []

    def open_dict(case: dict[str, Any]) -> Any:
        path = tmp_path / f"case-{len(opened)}.case.json"
        path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
        opened.append(open_case(path))
        return opened[-1]

    yield open_dict
    for case in opened:
        case.close()


@pytest.fixture(autouse=True)
def _settings_apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's own settings, recent files or logs."""
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
