"""A filter out of JSON, strictly: pydantic's models of the two values, made when a filter is first read."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from explorer.query.filters import Choice, Filter


def read(text: str) -> Filter:
    """Return the filter that a JSON text says. Raises pydantic.ValidationError."""
    choice, whole = _models()
    found = whole.model_validate_json(text)
    values = ((name, getattr(found, name)) for name in found.model_fields_set)
    return Filter().changed(
        {name: Choice(**dict(each)) if isinstance(each, choice) else each for name, each in values}
    )


@cache
def _models() -> tuple[type[BaseModel], type[BaseModel]]:
    choice = _model(Choice, {})
    return choice, _model(Filter, {Choice: choice})


def _model(source: type, known: dict[Any, type[BaseModel]]) -> type[BaseModel]:
    """Return the strict model with the fields of source; a field of a known type takes that type's model."""
    hints = get_type_hints(source)
    plain = source()
    given: dict[str, Any] = {
        each.name: (known.get(hints[each.name], hints[each.name]), getattr(plain, each.name))
        for each in fields(source)
    }
    return create_model(source.__name__, __config__=ConfigDict(extra="forbid", strict=True), **given)
