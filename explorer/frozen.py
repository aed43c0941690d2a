"""Frozen value classes that cost little to define: dataclasses whose methods are made when first needed.

A dataclass writes, compiles and runs six methods while its module is imported, about 0.7 ms a class; with the
hundred classes behind the first window that was a fifth of the start (tests/benchmarks/bench_start.py). What
@frozen makes is a dataclass to dataclasses.fields, replace and asdict, and to type checkers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, cast, dataclass_transform, overload

Class = TypeVar("Class", bound=type)
#: Instances of a class that are worth no compiling.
FEW = 200
_FIELDS = "__dataclass_fields__"


@overload
def frozen(cls: Class, /) -> Class: ...
@overload
def frozen(*, eq: bool = True, slots: bool = True) -> Callable[[Class], Class]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field, dataclasses.Field))
def frozen(cls: Any = None, /, *, eq: bool = True, slots: bool = True) -> Any:
    """Return cls as a frozen dataclass; eq=False compares by identity, slots=False leaves room for cached values."""

    def dressed(plain: type) -> type:
        shape = _Shape(plain)
        body = {**_methods(shape, eq=eq), **(_COPIED if slots else {})}
        body = {name: value for name, value in body.items() if name not in vars(plain)}
        if slots:
            return _slotted(plain, shape, body)
        for name, value in body.items():
            setattr(plain, name, value)
        return plain

    return dressed if cls is None else dressed(cls)


class _Shape:
    """The fields of one class, its bases' first; as a class attribute it is what dataclasses looks for."""

    __slots__ = ("_fields", "_key", "defaults", "kinds")

    def __init__(self, plain: type) -> None:
        self.kinds: dict[str, Any] = {}
        self.defaults: dict[str, Any] = {}
        for base in reversed(plain.__mro__[1:]):
            if isinstance(shape := vars(base).get(_FIELDS), _Shape):
                self.kinds |= shape.kinds
                self.defaults |= shape.defaults
        own = vars(plain).get("__annotations__", {})
        self.kinds |= {name: kind for name, kind in own.items() if not str(kind).startswith("ClassVar")}
        self.defaults |= {name: vars(plain)[name] for name in self.kinds if name in vars(plain)}
        self._fields: dict[str, dataclasses.Field[Any]] | None = None
        self._key: Callable[[Any], Any] | None = None

    def __get__(self, instance: object, owner: type) -> dict[str, dataclasses.Field[Any]]:
        if self._fields is None:
            made = self._made({}, init=False, frozen=False)
            self._fields = {field.name: field for field in dataclasses.fields(made)}
        return self._fields

    def values(self, given: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any] | None:
        """Return the value of every field; None where the arguments do not fit."""
        found = dict(zip(self.kinds, given, strict=False))
        if len(given) > len(self.kinds) or not named.keys() <= self.kinds.keys() - found.keys():
            return None
        found |= named
        for name in self.kinds.keys() - found.keys():
            if name not in self.defaults:
                return None
            found[name] = _default(self.defaults[name])
        return found

    def compiled(self, after: Callable[..., None] | None) -> Callable[..., None]:
        """Return the __init__ of a plain frozen dataclass of these fields, which calls after as __post_init__."""
        made = self._made({"__post_init__": after} if after else {}, init=True, frozen=True)
        return cast("Callable[..., None]", vars(made)["__init__"])

    def _made(self, body: dict[str, Any], *, init: bool, frozen: bool) -> type:
        given = [
            (name, kind, _field(self.defaults[name])) if name in self.defaults else (name, kind)
            for name, kind in self.kinds.items()
        ]
        return dataclasses.make_dataclass(
            "Made", given, namespace={"__doc__": "Given, or it would be worked out.", **body},
            init=init, frozen=frozen, repr=False, eq=False, match_args=False,
        )  # fmt: skip

    def told(self, flag: str) -> list[str]:
        """Return the names of the fields with a flag: "repr" or "compare"."""
        fields = {name: one for name, one in self.defaults.items() if isinstance(one, dataclasses.Field)}
        return [name for name in self.kinds if name not in fields or getattr(fields[name], flag)]

    def key(self, instance: object) -> tuple[Any, ...]:
        """Return the values that equality is about."""
        if self._key is None:
            names = self.told("compare")
            self._key = attrgetter(*names) if len(names) > 1 else _few(names)
        return cast("tuple[Any, ...]", self._key(instance))


def _field(default: Any) -> Any:
    return default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)


def _default(default: Any) -> Any:
    if not isinstance(default, dataclasses.Field):
        return default
    return default.default if default.default_factory is dataclasses.MISSING else default.default_factory()


def _few(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda instance: tuple(getattr(instance, name) for name in names)


def _methods(shape: _Shape, *, eq: bool) -> dict[str, Any]:
    @recursive_repr()
    def represent(self: Any) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in shape.told("repr"))
        return f"{type(self).__qualname__}({shown})"

    def equal(self: Any, other: object) -> bool:
        return shape.key(self) == shape.key(other) if type(other) is type(self) else NotImplemented

    def hashed(self: Any) -> int:
        return hash(shape.key(self))

    return {
        _FIELDS: shape,
        "__init__": _first_init(shape),
        "__repr__": represent,
        "__setattr__": _refuse_setting,
        "__delattr__": _refuse_deleting,
        "__match_args__": tuple(shape.kinds),
        **({"__eq__": equal, "__hash__": hashed} if eq else {}),
    }


def _slotted(plain: type, shape: _Shape, body: dict[str, Any]) -> type:
    """Return a second class with slots in the place of plain, as dataclass(slots=True) does."""
    kept = {
        name: value for name, value in vars(plain).items()
        if name not in shape.kinds and name not in ("__dict__", "__weakref__")
    }  # fmt: skip
    above = {name for base in plain.__mro__[1:] for name in getattr(base, "__slots__", ())}
    slots = tuple(name for name in shape.kinds if name not in above)
    return type(plain)(plain.__name__, plain.__bases__, {**kept, **body, "__slots__": slots})


def _first_init(shape: _Shape) -> Callable[..., None]:
    """Return an __init__ for the first few instances; then, or for wrong arguments, the compiled one takes over."""
    born = 0

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807
        nonlocal born
        born += 1
        owner = next(base for base in type(self).__mro__ if vars(base).get(_FIELDS) is shape)
        after = getattr(owner, "__post_init__", None)
        values = shape.values(given, named) if born < FEW else None
        if values is None:
            real = shape.compiled(after)
            owner.__init__ = real  # type: ignore[misc]
            real(self, *given, **named)
            return
        for name, value in values.items():
            object.__setattr__(self, name, value)
        if after:
            after(self)

    return __init__


def _refuse_setting(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__dataclass_fields__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)


#: What copy needs where there are slots and no assignment.
_COPIED = {"__getstate__": _state, "__setstate__": _set_state}
