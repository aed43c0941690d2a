"""@frozen makes what @dataclass(frozen=True) makes, later."""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import pytest

from explorer.frozen import FEW, frozen


@frozen
class Base:
    """Has a field with and one without a default."""

    x: int
    names: list[str] = field(default_factory=list, compare=False)

    @property
    def double(self) -> int:
        """A property survives."""
        return self.x * 2


@frozen
class Derived(Base):
    """Adds fields to another's."""

    y: float = 2.5
    z: str = field(default="hidden", repr=False)


@frozen(eq=False, slots=False)
class Cached:
    """Compares by identity, keeps what it worked out."""

    x: int
    seen: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen.append(self.x)

    @cached_property
    def triple(self) -> int:
        """Worked out once."""
        return self.x * 3


@frozen
class Empty:
    """Holds nothing."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The model that Twin is held against."""

    a: int
    b: str = "b"


@frozen
class Twin:
    """The same fields as Plain."""

    a: int
    b: str = "b"


def test_values_arrive_by_position_by_name_and_by_default() -> None:
    made = Derived(1, ["n"], z="z")
    assert (made.x, made.names, made.y, made.z, made.double) == (1, ["n"], 2.5, "z", 2)
    assert Base(1).names is not Base(1).names
    with pytest.raises(TypeError, match="x"):
        Base()  # type: ignore[call-arg]


@pytest.mark.parametrize("given", [((), {}), ((1, [], 2.5, "z", 5), {}), ((1,), {"x": 2}), ((1,), {"q": 2})])
def test_wrong_arguments_are_refused_before_and_after_compiling(
    given: tuple[tuple[object, ...], dict[str, object]],
) -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match="argument"):
            Derived(*given[0], **given[1])  # type: ignore[arg-type]


def test_the_compiled_way_of_making_takes_over_and_makes_the_same() -> None:
    made = [Cached(number, seen=[0]) for number in range(FEW + 5)]
    assert Cached.__init__.__code__.co_varnames[:3] == ("self", "x", "seen")
    assert [each.seen for each in made] == [[0, number] for number in range(FEW + 5)]


def test_nothing_can_be_assigned_or_deleted_and_there_is_no_room_for_more() -> None:
    made = Derived(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.x = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.x
    assert not hasattr(made, "__dict__")


def test_equality_is_about_type_and_compared_fields() -> None:
    assert Base(1, ["a"]) == Base(1, ["b"])
    assert hash(Base(1, ["a"])) == hash(Base(1))
    assert Base(1) != Base(2)
    assert Base(1) != Derived(1)
    assert Empty() == Empty()
    assert len({Empty(), Empty(), Base(1), Base(1)}) == 2


def test_identity_counts_without_eq_and_a_dict_stays_without_slots() -> None:
    made = Cached(2)
    assert made != Cached(2)
    assert made.triple == 6
    assert made.seen == [2]


def test_dataclasses_sees_a_dataclass() -> None:
    assert [each.name for each in fields(Derived)] == ["x", "names", "y", "z"]
    assert replace(Derived(1, z="z"), x=5) == Derived(5, z="z")
    assert dataclasses.asdict(Twin(1)) == {"a": 1, "b": "b"}
    assert dataclasses.is_dataclass(Twin)
    match Twin(1, "c"):
        case Twin(a, b):
            assert (a, b) == (1, "c")


def test_it_reads_and_copies_as_a_dataclass_does() -> None:
    assert repr(Twin(1)) == repr(Plain(1)).replace("Plain", "Twin")
    assert repr(Derived(1)) == "Derived(x=1, names=[], y=2.5)"
    assert hash(Twin(1)) == hash(Plain(1))
    assert copy.copy(Twin(1)) == copy.deepcopy(Twin(1)) == Twin(1)
    assert Twin.__slots__ == Plain.__slots__  # type: ignore[attr-defined]
    assert Twin.__match_args__ == Plain.__match_args__
