"""A KOL (IP figure) as a Mesa agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.model.agent import Face, column

if TYPE_CHECKING:
    from sim.model.community import CommunityModel


class KOL(Face):
    """One KOL: today's state and the plan in force as attributes.

    Plan (writable, valid from the next morning on): ``reach``, ``posts_per_week``, ``quality``, ``warmth``,
    ``attitude``, ``authenticity``, ``fee_per_post``. State: ``energy``, ``posts`` (of today), ``quality_today``.
    A subclass may override :meth:`decide`, which is called every morning under both drivers (and makes the sweep as
    slow as Python).
    """

    def __init__(self, model: CommunityModel, number: int) -> None:
        self.voice = number + 1  # voice 0 is the firm
        self.name = model.scenario.structure.kols[number].name
        super().__init__(model, len(model.world.people) + number, register=True)

    def decide(self) -> None:
        """Called every morning before the day; may change the plan. The default does nothing."""

    @property
    def plan_row(self) -> tuple[int, int]:
        """Where this KOL's plan of the current phase stands."""
        return self.model.phase, self.voice

    @property
    def energy(self) -> float:
        """Energy, 0 to 1."""
        return float(self.model.world.scene.voices["energy"][self.voice])

    @property
    def posts(self) -> float:
        """Posts made today."""
        return float(self.model.world.scene.voices["posts"][self.voice])

    @property
    def quality_today(self) -> float:
        """Quality of today's posts: the planned one, less for tiredness."""
        return float(self.model.world.scene.voices["quality"][self.voice])

    reach = column("voice_plan", "reach", "plan_row", "share of a fully interested market that notices one public post")
    posts_per_week = column("voice_plan", "posts_per_week", "plan_row", "posts planned a week")
    quality = column("voice_plan", "quality", "plan_row", "quality of a post made with full energy")
    warmth = column("voice_plan", "warmth", "plan_row", "warmth of the voice")
    attitude = column("voice_plan", "attitude", "plan_row", "attitude of the voice")
    authenticity = column("voice_plan", "authenticity", "plan_row", "authenticity of the voice")
    fee_per_post = column("voice_plan", "fee_per_post", "plan_row", "cost of one post")
