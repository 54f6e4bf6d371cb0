"""Channels: contacts by themselves and for money, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.channels import open_channel, open_channels
from sim.engine.state.events import ADS_END, BUDGET_REACHED
from sim.scenario.sections.channels import Channel
from tests.engine.scene import Scene, of

near = pytest.approx
BOTH = [
    Channel(name="search", organic=0.02, targeting=0.5, trust=0.4, attention=0.9),
    Channel(name="ads", daily_budget=12.345, cost_per_contact=2.0, organic=0.001, attention=0.3, targeting=0.7),
]


def opened(**changes: Any) -> Scene:
    """On day 4, in a market of 50."""
    scene = Scene(entrance__channels=BOTH, market__people=50, **changes)
    scene.day(4)
    for c in range(2):
        channel = scene.board.channels[c]
        channel.contacts, channel.attention, channel.targeting, channel.trust = 9.0, 9.0, 9.0, 9.0
    scene.record.cost_acquisition = 100
    scene.records.channel_cents[4] = 0
    scene.begun = int(scene.records.event_count[0])
    return scene


def test_what_is_free_comes_by_itself_and_money_buys_contacts() -> None:
    scene = opened()
    scene.do(open_channels)
    search, ads = scene.board.channels[0], scene.board.channels[1]
    assert (search.contacts, search.attention, search.targeting, search.trust) == (0.02, 0.9, 0.5, 0.4)
    assert (ads.attention, ads.targeting, ads.trust) == (0.3, 0.7, 0.0)
    assert ads.contacts == near(0.001 + 12.345 / 2.0 / 50)
    assert scene.record.cost_acquisition == 1335
    assert scene.records.channel_cents[4].tolist() == [0, 1235]


@pytest.mark.parametrize("money", [0, 1, 1234, 1235])
def test_where_money_lacks_as_much_is_bought_as_there_is(money: int) -> None:
    scene = opened()
    scene.purse(money)
    spent = scene.board.today[0].spent
    scene.do(open_channels)
    bought = 12.345 if money == 1235 else money / 100.0
    contacts = [scene.board.channels[c].contacts for c in range(2)]
    assert contacts == near([0.02, 0.001 + bought / 2.0 / 50])
    assert scene.record.cost_acquisition == 100 + money
    assert scene.records.channel_cents[4].tolist() == [0, money]
    assert scene.board.today[0].spent == spent + money
    events = [(4, BUDGET_REACHED, 0, spent), (4, ADS_END, 1, money)]
    assert scene.events == (events if money < 1235 else [])
    scene.do(open_channels)
    assert [event[1] for event in scene.events].count(ADS_END) == 1, "once"


def test_switched_off_nobody_is_reached_and_nothing_is_paid() -> None:
    scene = opened(switches__channels=False)
    scene.do(open_channels)
    assert [scene.board.channels[c].contacts for c in range(2)] == [0.0, 0.0]
    assert scene.record.cost_acquisition == 100


def test_each_channel_is_opened_by_itself() -> None:
    scene = opened()
    of(open_channel)(scene.world, 1, scene.p, scene.record)
    assert scene.board.channels[0].contacts == 9.0
    assert scene.record.cost_acquisition == 1335


@pytest.mark.parametrize(("rest", "more"), [(0.0, 0), (0.9, 0), (765.4, 765), (99_999.0, 3765)])
def test_the_rest_of_a_total_buys_more_contacts(rest: float, more: int) -> None:
    """In whole cents, as far as there is money (50.00), after the channel's own budget."""
    scene = opened(budget={"total": 1e6, "rest_to": "entrance.channels.ads.daily_budget"})
    scene.purse(5000)
    scene.board.today[0].rest = rest
    scene.record.rest_spent = 0
    scene.do(open_channels)
    assert scene.board.channels[1].contacts == near(0.001 + (12.345 + more / 100) / 2.0 / 50)
    assert scene.records.channel_cents[4].tolist() == [0, 1235 + more]
    assert (scene.record.rest_spent, scene.board.today[0].rest) == (more, near(rest - more))
    assert scene.board.channels[0].contacts == 0.02, "the other one has nothing of it"


def test_the_share_of_contacts_that_is_bought() -> None:
    scene = opened()
    scene.do(open_channels)
    bought = 12.345 / 2.0 / 50
    assert [scene.board.channels[c].bought for c in range(2)] == near([0.0, bought / (0.001 + bought)])
