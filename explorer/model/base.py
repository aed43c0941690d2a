"""The strict, frozen base of all records and the scalar types they share.

Rules (model.md §3-4, design §7): nothing extra, no NaN or infinity, no number past 64 bits, no lone surrogate.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from explorer.model.edtf import EdtfError, parse_edtf

INT64_MAX = 2**63 - 1
#: Nesting that `ext` may have; the JSON reader of a case refuses deeper files too.
DEPTH_LIMIT = 100

_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:T([01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


class Record(BaseModel):
    """A frozen, strict record; unknown fields are refused because they are usually typing errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)


def refusal(found: str, expected: str, *, at: str = "", mend: str = "") -> PydanticCustomError:
    """Return the error a validator raises: what was found and expected, and at which field below its own place."""
    context = {"found": found, "expected": expected, "at": at, "mend": mend}
    return PydanticCustomError("dateline", "found {found}; expected {expected}", context)


def refuse_surrogates(text: str) -> str:
    """Return text unchanged, or raise: a lone surrogate cannot be written as UTF-8."""
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            point = f"U+{ord(text[error.start]):04X}"
            raise refusal(
                f"a lone surrogate, {point}, at character {error.start}", "whole characters"
            ) from None
    return text


def refuse_beyond_64_bits(value: float) -> float:
    """Return value unchanged, or raise where it does not fit a signed 64-bit column."""
    if abs(value) > INT64_MAX:
        raise refusal("a number past 64 bits", "a number between -2^63 and 2^63")
    return value


def refuse_non_edtf(text: str) -> str:
    """Return text unchanged, or raise where it is no EDTF date this program reads."""
    try:
        parse_edtf(text)
    except EdtfError as error:
        raise refusal(error.found, error.expected) from None
    return text


def refuse_non_timestamp(text: str) -> str:
    """Return text unchanged, or raise where it is no ISO 8601 date or date and time."""
    match = _TIMESTAMP.fullmatch(text)
    try:
        if match is not None:
            date.fromisoformat(match[1])
            return text
    except ValueError:  # a day no calendar has
        pass
    raise refusal(f'"{text[:60]}"', "an ISO date and time such as 2026-11-22T10:30:00Z")


def refuse_unwritable(extension: dict[str, Any]) -> dict[str, Any]:
    """Return other programs' data unchanged, or raise where JSON could not hold it: NaN, 10^30, lone surrogates."""
    for path, value, depth in _leaves(extension):
        if depth > DEPTH_LIMIT:
            raise refusal(f"more than {DEPTH_LIMIT} levels of nesting", "flatter data", at=path)
        try:
            _refuse_leaf(value)
        except PydanticCustomError as error:
            raise refusal(error.context["found"], error.context["expected"], at=path) from None  # type: ignore[index]
    return extension


def _refuse_leaf(value: object) -> None:
    if isinstance(value, str):
        refuse_surrogates(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise refusal("NaN or infinity", "a finite number")
    elif isinstance(value, int):
        refuse_beyond_64_bits(value)
    elif value is not None and not isinstance(value, float | dict | list):
        raise refusal(f"a {type(value).__name__}", "a value of JSON")


def _leaves(extension: dict[str, Any]) -> Iterator[tuple[str, object, int]]:
    """Yield (path, value or key, depth) of all that is inside, without recursion."""
    waiting: list[tuple[str, object, int]] = [("", extension, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        yield path, value, depth
        if depth > DEPTH_LIMIT:
            continue
        if isinstance(value, dict):
            for key, inner in value.items():
                yield path, key, depth
                waiting.append((f"{path}.{key}" if path else str(key), inner, depth + 1))
        elif isinstance(value, list):
            waiting.extend((f"{path}[{index}]", inner, depth + 1) for index, inner in enumerate(value))


Text = Annotated[str, AfterValidator(refuse_surrogates)]
Words = Annotated[str, Field(min_length=1), AfterValidator(refuse_surrogates)]
Number = Annotated[int | float, AfterValidator(refuse_beyond_64_bits)]
Position = Annotated[int, Field(ge=0, le=INT64_MAX)]
EdtfText = Annotated[str, AfterValidator(refuse_non_edtf)]
Timestamp = Annotated[str, AfterValidator(refuse_non_timestamp)]

Item = TypeVar("Item")
# A JSON array is a list in Python; only the container is read laxly, its items stay strict.
Several = Annotated[tuple[Item, ...], Field(strict=False)]
Extension = Annotated[dict[str, Any], AfterValidator(refuse_unwritable)]
