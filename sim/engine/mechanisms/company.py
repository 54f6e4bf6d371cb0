"""Company and belonging: what ties give on a visit."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.mechanisms.ties import closest_kol, present
from sim.engine.rules.ties import combined
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Tally
from sim.engine.state.people import MEMBER, Person
from sim.engine.state.plan import Params


@compiled(merged=True)
def enjoy(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Add to the day what people give whom one is tied to, and what belonging gives, of what was still missing.

    Bond-based and identity-based benefits of a community: Ren & Kraut (2014). Their signs are put in: 0 is neutral.
    """
    rule, missing = p.mechanism.company, 1.0 - me.experience
    if p.switches.company != 0 and me.status == MEMBER:
        missing *= 1.0 - rule.bond * me.bond_members * present(me, board)
    if p.switches.belonging != 0:
        missing *= 1.0 - rule.identity * combined(bonds[0], closest_kol(bonds), 0.0)
    me.experience = 1.0 - missing
