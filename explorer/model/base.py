"""The strict, frozen base of all records and the scalar types they share.

Rules (model.md §3-4, design §7): nothing extra, no NaN or infinity, no number past 64 bits, no lone surrogate.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

INT64_MAX = 2**63 - 1


class Record(BaseModel):
    """A frozen, strict record; unknown fields are refused because they are usually typing errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def refuse_surrogates(text: str) -> str:
    """Return text unchanged, or raise ValueError: a lone surrogate cannot be written as UTF-8."""
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            found = f"U+{ord(text[error.start]):04X}"
            raise ValueError(f"a lone surrogate ({found}) at character {error.start}; expected whole characters") from None
    return text


def refuse_beyond_64_bits(value: float) -> float:
    """Return value unchanged, or raise ValueError where it does not fit a signed 64-bit column."""
    if abs(value) > INT64_MAX:
        raise ValueError("a number past 64 bits; expected one between -2^63 and 2^63")
    return value


Text = Annotated[str, AfterValidator(refuse_surrogates)]
Words = Annotated[str, Field(min_length=1), AfterValidator(refuse_surrogates)]
Number = Annotated[int | float, AfterValidator(refuse_beyond_64_bits)]

Item = TypeVar("Item")
# A JSON array is a list in Python; only the container is read laxly, its items stay strict.
Several = Annotated[tuple[Item, ...], Field(strict=False)]
Extension = dict[str, Any]
