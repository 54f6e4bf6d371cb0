"""``entrance.seeds``: the founding members."""

from __future__ import annotations

from typing import Literal

from sim.scenario.parameter import Section, par, word


class Seeds(Section, scope="plan"):
    """The founding members (种子用户)."""

    number: int = par(30, "people", 0, 10_000_000, "founding members on day 0", "种子用户数")
    choice: Literal["random", "matched", "connected"] = word(
        "matched", "who they are: anybody, those whose interests fit best, or those with most friends",
        "种子用户的选择：随机、兴趣最契合、人脉最广", "Hinz et al. 2011", unit="choice",
    )
