"""The playbook: when entries begin and end, by date, by condition and by chance, and what then holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.day.morning import turn_page
from sim.engine.draws import Purpose, key_of, uniform_at
from sim.engine.mechanisms.playbook import figure, holds
from sim.engine.state.events import PLAN_CHANGED
from sim.engine.state.plan import SHARED
from sim.model.playbook import luck_of
from sim.scenario.conditions import FIGURES
from tests.engine.scene import Scene, of

PROMISE = {"culture.promise": 0.9}


def promised(scene: Scene, days: int, **figures: list[float]) -> list[float]:
    """What the plan promises on each day; ``figures`` of each evening are written by hand."""
    found = []
    for day in range(days):
        of(turn_page)(scene.world, day)
        found.append(scene.p.culture.promise)
        for name, values in figures.items():
            setattr(scene.records.days[day], name, values[day])
    return found


def entry(**stated: Any) -> dict[str, Any]:
    return {"set": PROMISE, **{name.rstrip("_"): value for name, value in stated.items()}}


def played(*entries: dict[str, Any], **changes: Any) -> Scene:
    return Scene(culture__promise=0.5, playbook=list(entries), **changes)


# By date


def test_for_some_days_and_then_as_before() -> None:
    scene = played(entry(day=3, for_=2))
    assert promised(scene, 7) == [0.5, 0.5, 0.5, 0.9, 0.9, 0.5, 0.5]
    assert scene.events == [(3, PLAN_CHANGED, 0, 1), (5, PLAN_CHANGED, 0, 0)]


def test_what_ends_leaves_what_came_meanwhile() -> None:
    scene = played(entry(day=1, for_=4), {"day": 3, "set": {"culture.promise": 0.2, "culture.identity": 0.7}})
    assert promised(scene, 6) == [0.5, 0.9, 0.9, 0.9, 0.9, 0.2], "over the plan of the day lies what ends"
    assert scene.p.culture.identity == 0.7


def test_of_what_ends_the_entry_further_down_wins() -> None:
    first, second = entry(day=1, for_=4), {"day": 0, "for": 3, "set": {"culture.promise": 0.1}}
    assert promised(played(first, second), 6) == [0.1, 0.1, 0.1, 0.9, 0.9, 0.5]
    assert promised(played(second, first), 6) == [0.1, 0.9, 0.9, 0.9, 0.9, 0.5]


# By condition


def test_a_condition_must_hold_days_on_end() -> None:
    scene = played(entry(when="members < 10", days=3))
    members = [5, 5, 20, 5, 5, 5, 5, 20, 20]
    assert promised(scene, 9, members=members) == [0.5] * 6 + [0.9] * 3, "and without `for` it stays"
    assert scene.events == [(6, PLAN_CHANGED, 0, 1)]


def test_it_looks_at_yesterday_evening_and_never_before_day_0() -> None:
    assert promised(played(entry(when="members < 10")), 3, members=[5, 5, 5]) == [0.5, 0.9, 0.9]
    assert promised(played(entry(when="day >= 0")), 2) == [0.5, 0.9]


def test_once_it_has_ended_it_does_not_begin_again_unless_told_so() -> None:
    always = {"members": [5] * 12}
    assert promised(played(entry(when="members < 10", for_=2)), 12, **always) == [0.5, 0.9, 0.9] + [0.5] * 9
    again = played(entry(when="members < 10", days=3, for_=2, again=True))
    expected = [0.5, 0.5, 0.5, 0.9, 0.9, 0.5, 0.5, 0.5, 0.9, 0.9, 0.5, 0.5]
    assert promised(again, 12, **always) == expected, "its days are counted anew after it has ended"


@pytest.mark.parametrize(
    ("condition", "members", "begins"),
    [
        ("members < 10", 9, True),
        ("members < 10", 10, False),
        ("members <= 10", 10, True),
        ("members <= 10", 11, False),
        ("members > 10", 11, True),
        ("members > 10", 10, False),
        ("members >= 10", 10, True),
        ("members >= 10", 9, False),
        ("members >= 10 and members < 12", 11, True),
        ("members >= 10 and members < 12", 12, False),
        ("members >= 10 and members < 12", 9, False),
    ],
)
def test_comparisons(condition: str, members: int, begins: bool) -> None:
    scene = played(entry(when=condition))
    scene.records.days[0].members = members
    assert of(holds)(scene.world, scene.world.playbook.entries[0], 1) is begins


@pytest.mark.parametrize("condition", ["active_share < 1", "active_share >= 0", "satisfaction_mean < 1"])
def test_what_is_undefined_compares_with_nothing(condition: str) -> None:
    assert promised(played(entry(when=condition)), 3) == [0.5] * 3


COUNTED = {
    "members": 8, "active": 2, "strong": 3, "people": 12, "judging": 4, "satisfaction_sum": 2**33, "tie_sum": 2**32,
    "revenue": 700, "reputation": 0.25, "rocket_stage": 2,
}  # fmt: skip
FOUND = {
    "day": 5, "members": 8, "active": 2, "strong": 3, "strong_share": 0.25, "active_share": 0.25,
    "satisfaction_mean": 0.5, "tie_strength_mean": 0.125, "reputation": 0.25, "rocket_stage": 2,
    "revenue": 14.0, "cost": 9.0, "profit": 5.0,
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_figures(name: str) -> None:
    """Money is to date: 7.00 on days 2 and 4 come in, 9.00 are spent."""
    scene = played(entry(when=f"{name} < 0"))
    for column, value in COUNTED.items():
        setattr(scene.records.days[4], column, value)
    scene.records.days[2].revenue = 700
    scene.board.today[0].spent = 900
    expected = FOUND.get(name, 0)
    assert of(figure)(scene.world, scene.world.playbook.terms[0], 5) == pytest.approx(expected)


# By chance


def test_chance_is_the_rate_a_year() -> None:
    scene, days = played(entry(rate=24, for_=1), run__days=4000), 4000
    happened = sum(value == 0.9 for value in promised(scene, days))
    share = 1 - np.exp(-24 / 365)
    assert abs(happened - days * share) < 4 * np.sqrt(days * share * (1 - share))


@pytest.mark.parametrize(("rate", "expected"), [(0, 0.5), (365, None)])
def test_limits_of_chance(rate: float, expected: float | None) -> None:
    found = set(promised(played(entry(rate=rate, for_=1)), 60))
    assert found == ({expected} if expected else {0.5, 0.9})


def test_what_happens_while_it_holds_lengthens_it() -> None:
    long, short = (promised(played(entry(rate=40, for_=days, shock="s")), 100) for days in (10, 1))
    struck = [day for day, value in enumerate(short) if value == 0.9]
    held = [any(day - 10 < s <= day for s in struck) for day in range(100)]
    assert [value == 0.9 for value in long] == held
    assert len(struck) > 3


def test_luck_is_by_shock_else_by_name_else_by_place() -> None:
    def days(*entries: dict[str, Any], keys: tuple[str, ...] = ("culture.promise",)) -> dict[str, list[int]]:
        scene, found = played(*entries), {key: [] for key in keys}
        for day in range(100):
            of(turn_page)(scene.world, day)
            for key in keys:
                name = key.rpartition(".")[2]
                if getattr(scene.p.culture, name) == 0.9:
                    found[key].append(day)
        return found

    other = {"set": {"culture.identity": 0.9}, "rate": 30, "for": 1}
    plain = {"set": PROMISE, "rate": 30, "for": 1}
    both = ("culture.promise", "culture.identity")
    apart = days(plain, other, keys=both)
    assert apart["culture.promise"] != apart["culture.identity"]
    assert days(other, plain)["culture.promise"] != apart["culture.promise"], "without a name, its place decides"
    named = {**plain, "name": "storm"}
    assert days(named) == days(other, named), "with one, it happens on the same days in all plans that have it"
    shared = days({**plain, "shock": "x"}, {**other, "shock": "x", "name": "y"}, keys=both)
    assert shared["culture.promise"] == shared["culture.identity"] != []
    assert shared["culture.promise"] != apart["culture.promise"]


def test_the_draw_is_that_of_the_day_and_the_entry() -> None:
    scene = played(entry(rate=60, for_=1, name="storm"))
    book, today = scene.world.playbook, scene.board.today[0]
    row = book.entries[0]
    with np.errstate(over="ignore"):
        drawn = [uniform_at(key_of(today.run_key, day), Purpose.SHOCK, int(row.luck)) < row.chance for day in range(90)]
    assert [value == 0.9 for value in promised(scene, 90)] == drawn


# Together


def test_what_holds_lies_over_the_plan_in_the_order_of_the_file() -> None:
    low, high = {"set": {"culture.promise": 0.1}, "when": "members < 10"}, entry(when="members < 5")
    members = {"members": [7, 7, 3, 3]}
    assert promised(played(low, high), 4, **members) == [0.5, 0.1, 0.1, 0.9]
    assert promised(played(high, low), 4, **members) == [0.5, 0.1, 0.1, 0.1]


def test_a_day_that_comes_later_does_not_undo_what_lies_over_it() -> None:
    scene = played(entry(when="members < 10"), {"day": 2, "set": {"culture.promise": 0.2}})
    assert promised(scene, 4, members=[5, 5, 5, 5]) == [0.5, 0.9, 0.9, 0.9]


def test_what_several_operators_make_together_is_right_in_every_state() -> None:
    """The team's hours are a sum over operators, so two entries about two of them meet in one number."""
    operators = [{"name": "mei", "hours_day": 8}, {"name": "bo", "hours_day": 4, "skill": 0.5}]
    leave = [
        {
            "when": f"members < {n}",
            "set": {f"structure.operators.{name}.{what}": 0.0 for what in ("hours_day", "wage_month")},
        }
        for n, name in ((10, "mei"), (5, "bo"))
    ]
    scene, hours = Scene(structure__operators=operators, playbook=leave), []
    for day, members in enumerate([20, 7, 3, 3]):
        of(turn_page)(scene.world, day)
        hours.append(scene.board.plan.team[SHARED].hours)
        scene.records.days[day].members = members
    assert hours == [10.0, 10.0, 2.0, 0.0]
    assert scene.board.plan.team[SHARED].wages == 0


def test_an_entry_that_sets_nothing_never_happens() -> None:
    scene = played({"day": 2}, {"rate": 300}, {"when": "day > 0"})
    promised(scene, 20)
    assert scene.events == []


def test_switches_that_share_a_word_are_set_one_by_one() -> None:
    kols, energy = (
        {"when": f"members < {n}", "set": {f"switches.{name}": False}} for n, name in ((10, "kols"), (5, "energy"))
    )
    scene, found = Scene(playbook=[kols, energy]), []
    for day, members in enumerate([20, 7, 3, 3]):
        of(turn_page)(scene.world, day)
        found.append((scene.p.switches.kols, scene.p.switches.energy, scene.p.switches.content))
        scene.records.days[day].members = members
    assert found == [(1, 1, 1), (1, 1, 1), (0, 1, 1), (0, 0, 1)]


def test_numbers_of_luck_by_name_are_none_of_those_by_place() -> None:
    scenario = Scene(playbook=[entry(rate=1), entry(rate=1, name="a"), entry(rate=1, name="b", shock="a")])
    lucks = [int(each) for each in scenario.world.playbook.entries.array["luck"]]
    assert lucks[0] == 0
    assert lucks[1] == lucks[2] > 65535
    assert luck_of.__doc__
