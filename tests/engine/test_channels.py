"""Channels: contacts by themselves and for money, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.channels import open_channel, open_channels
from sim.scenario.sections.channels import Channel
from tests.engine.scene import Scene, of

near = pytest.approx
BOTH = [
    Channel(name="search", organic=0.02, targeting=0.5, trust=0.4, attention=0.9),
    Channel(name="ads", daily_budget=12.345, cost_per_contact=2.0, organic=0.001, attention=0.3, targeting=0.7),
]


def opened(frozen: int = 0, **changes: Any) -> Scene:
    """On day 4, in a market of 50."""
    scene = Scene(entrance__channels=BOTH, market__people=50, **changes)
    scene.day(4)
    scene.board.today[0].frozen = frozen
    for c in range(2):
        channel = scene.board.channels[c]
        channel.contacts, channel.attention, channel.targeting, channel.trust = 9.0, 9.0, 9.0, 9.0
    scene.record.cost_acquisition = 100
    scene.records.channel_cents[4] = 0
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


def test_without_money_only_what_is_free_is_left() -> None:
    scene = opened(frozen=1)
    scene.do(open_channels)
    assert [scene.board.channels[c].contacts for c in range(2)] == [0.02, 0.001]
    assert scene.record.cost_acquisition == 100
    assert not scene.records.channel_cents[4].any()


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
