"""A record is declared once: dtype, initial values, and the row that plain Python sees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from sim.engine.records import Column, Fields, Record, Rows, counts, f8, i4, seen, u1, u8
from sim.engine.state.arrays import Floats, array, assembled, declared, mapped
from sim.engine.state.people import NEVER, Person
from sim.engine.state.plan import Derived, Plan, Playbook, row_dtype, set_arms, turn_to
from sim.engine.state.world import World


class Fruit(Record):
    """A fruit."""

    weight = f8(1.5, "g", "what it weighs")
    day = i4(NEVER, "day", "when it was picked")
    ripe = u1(1, "switch", "whether it can be eaten")
    key = u8("key", "of its draws")
    seeds = counts((2, 3), "seeds", "by side and size")


class Apple(Fruit):
    """With a column of its own."""

    worms = i4(0, "worms", "inside")


def test_a_class_body_gives_the_dtype() -> None:
    expected = [("weight", "f8"), ("day", "i4"), ("ripe", "u1"), ("key", "u8"), ("seeds", "i8", (2, 3))]
    assert Fruit.dtype == np.dtype(expected, align=True)
    assert Apple.dtype.names == (*(Fruit.dtype.names or ()), "worms"), "those of the base class come first"
    assert [column.meaning for column in Fruit.columns()][:2] == ["what it weighs", "when it was picked"]
    assert isinstance(Fruit.weight, Column)
    assert Fruit.weight.unit == "g"


def test_new_rows_have_initial_values() -> None:
    rows = Apple.blank(3)
    assert rows.dtype == Apple.dtype
    assert rows["weight"].tolist() == [1.5] * 3
    assert rows["day"].tolist() == [NEVER] * 3
    assert not rows["seeds"].any()


def test_a_row_reads_and_writes_the_memory_of_its_array() -> None:
    rows = Fruit.blank(2)
    one = seen(rows[1])
    assert isinstance(one, Fruit)
    one.weight += 1.0
    one.seeds[1, 2] += 4
    assert rows["weight"].tolist() == [1.5, 2.5]
    assert rows["seeds"][1, 1, 2] == 4
    rows["day"][1] = 7
    assert one.day == 7
    assert type(one.day) is int
    assert type(one.key) is np.uint64, "keys must wrap around"
    assert "ripe" in repr(one)


def test_a_row_without_declared_columns_shows_its_fields() -> None:
    rows = np.zeros(1, np.dtype([("inner", [("a", "f8")]), ("list", "i8", (2,))], align=True))
    row = seen(rows[0])
    assert isinstance(row, Fields)
    row.inner.a = 0.5
    row.list[1] = 3
    assert rows["inner"]["a"][0] == 0.5
    assert rows["list"].tolist() == [[0, 3]]
    with pytest.raises((KeyError, ValueError)):
        _ = row.nothing


class Basket(NamedTuple):
    """Arrays of a basket."""

    rows: Rows[Fruit] = array(Fruit, "fruit")
    prices: Floats = array("f8", "fruit", 2, fill=3)


class Shop(NamedTuple):
    """A group of groups."""

    basket: Basket
    till: Floats = array("f8", 1)


def test_a_group_declares_its_arrays_once() -> None:
    arrays = {name: each.made({"fruit": 4}) for name, each in declared(Shop)}
    assert list(arrays) == ["basket.rows", "basket.prices", "till"]
    assert arrays["basket.prices"].tolist() == [[3.0, 3.0]] * 4
    shop = assembled(Shop, arrays)
    assert shop.basket.rows is arrays["basket.rows"]
    doubled = mapped(shop, lambda each: each if each.dtype.names else each * 2)
    assert doubled.basket.prices[0, 0] == 6.0


def test_everything_in_a_world_is_declared() -> None:
    names = [name for name, _ in declared(World)]
    assert len(names) == len(set(names))
    assert {"people.rows", "board.today", "board.plan.params", "playbook.rows", "records.days"} <= set(names)
    assert Person.dtype.itemsize <= 384


def test_an_arm_follows_a_phase_word_by_word() -> None:
    table = np.dtype([("level", "f8")])
    tables = dict.fromkeys(("voices", "channels", "activities", "products"), table)
    sizes = {"voices": 2, "channels": 0, "activities": 1, "products": 1, "tribes": 4}
    row = row_dtype(np.dtype([("market", [("size", "f8")])]), tables, sizes)
    assert row.names == Plan._fields
    assert row["params"]["derived"] == Derived.dtype
    phases = np.zeros(3, row)
    phases["voices"]["level"] = np.arange(6).reshape(3, 2)
    phases["topics"][2, 1] = 0.25
    arms = np.zeros(3, row)
    own = np.array([[1, 0, 2**64 - 1, 7], [2, 0, 0xFF, 3]], np.uint64)
    words = {name: each.view(np.uint64).reshape(len(each), -1) for name, each in (("rows", phases), ("arms", arms))}
    playbook = Playbook(phases=np.zeros(5, np.int32), present=np.ones(5, np.int32), inflow=np.ones(5), own=own, **words)
    turn_to(playbook, 2, 0)
    assert arms[0] == phases[2]
    playbook.arms[0, 0] = 0x1234
    set_arms(playbook)
    assert (playbook.arms[:, 1:] == playbook.arms[0, 1:]).all()
    assert playbook.arms[:, 0].tolist() == [0x1234, 7, 0x1203], "all of a word, and one byte of it"
    arms["voices"]["level"] = -1.0
    assert phases["voices"]["level"][2].tolist() == [4.0, 5.0], "an arm is a copy"
