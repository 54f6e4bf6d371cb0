"""The platform: what it gives once it is lit, and what it costs for its members."""

from __future__ import annotations

import pytest

from sim.engine.mechanisms.platform import open_platform, set_use
from tests.engine.scene import Scene

RULE = {"visit_lift": 0.4, "relevance": 0.3, "use_value": 0.25, "conformity": 2.0, "cost_per_member": 0.5}


@pytest.mark.parametrize(
    ("on", "lit", "told", "dues"),
    [
        (True, 1, (1, 0.4, 0.25, 2.0), 60.0),
        (True, 0, (0, 0.0, 0.0, 0.0), 0.0),
        (False, 1, (0, 0.0, 0.0, 0.0), 60.0),
        (False, 0, (0, 0.0, 0.0, 0.0), 0.0),
    ],
)
def test_what_it_gives_and_costs(on: bool, lit: int, told: tuple[float, ...], dues: float) -> None:
    """Switched off it gives nothing, but it was built and is paid for."""
    scene = Scene(carrier__platform=RULE, switches__platform=on)
    today, said = scene.board.today[0], scene.p.derived
    said.platform, said.visit_lift, said.use_value, said.conformity, said.relevance = 9, 9.0, 9.0, 9.0, 9.0
    today.platform, today.members, today.platform_dues = lit, 120, 9.0
    scene.do(open_platform)
    scene.do(set_use)
    assert (said.platform, said.visit_lift, said.use_value, said.conformity) == told
    assert said.relevance == 0.3
    assert today.platform_dues == dues
