"""House rules that a linter does not know: sizes, slots, and what a shipped path may not hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "explorer").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FORBIDDEN = re.compile(
    r"\b(TODO|FIXME|XXX|HACK)\b|\bprocessEvents\(|\bpickle\b|\beval\(|\bexec\((?=.*[\"'])|\btime\.sleep\(|NotImplementedError"
)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_stays_within_400_lines_and_a_function_within_40(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 400
    long = [
        f"{f.name}: {f.end_lineno - f.lineno + 1}"
        for f in functions(path)
        if f.end_lineno - f.lineno + 1 > 40
    ]
    assert not long


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_slots_are_bound_methods_because_lambdas_leak_their_owner(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "connect"
        ):
            for argument in node.args:
                called = getattr(
                    getattr(argument, "func", None),
                    "id",
                    getattr(getattr(argument, "func", None), "attr", ""),
                )
                assert not isinstance(argument, ast.Lambda), f"{path}:{node.lineno}"
                assert called != "partial", f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_shipped_path_holds_a_stub_or_a_trap(path: Path) -> None:
    found = [line for line in path.read_text(encoding="utf-8").splitlines() if FORBIDDEN.search(line)]
    assert not found


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_no_test_sleeps(path: Path) -> None:
    if path == Path(__file__):
        return
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"time\.sleep\(|qtbot\.wait\(|QTest\.qWait\(", text)


def test_no_translated_text_is_an_f_string() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) == "tr"
            ):
                assert not any(isinstance(argument, ast.JoinedStr) for argument in node.args), (
                    f"{path}:{node.lineno}"
                )


def test_the_changelog_names_the_version_of_the_project() -> None:
    assert f"## {VERSION} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
