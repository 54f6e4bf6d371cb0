"""A KOL (IP figure) as a Mesa agent."""

from __future__ import annotations

from sim.model.agent import AgentProxy, Host


class Planned:
    """What the plan in force says of a voice: read from its phase; written there, and on today's board."""

    def __init__(self, meaning: str) -> None:
        self.__doc__ = meaning
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, kol: KOL, kind: type) -> float:
        phases, _ = kol.model.plans()
        return float(phases["voices"][self.name][kol.model.phase, kol.voice])

    def __set__(self, kol: KOL, value: float) -> None:
        phases, arms = kol.model.plans()
        phases["voices"][self.name][kol.model.phase, kol.voice] = value
        arms["voices"][self.name][:, kol.voice] = value


class KOL(AgentProxy):
    """One KOL: today's state and the plan in force as attributes.

    Plan (writable, valid from the next morning on): ``audience``, ``posts_per_week``, ``quality``, ``warmth``,
    ``attitude``, ``authenticity``, ``fee_per_post``. State: ``energy``, ``posts`` (of today), ``quality_today``.
    A subclass may override :meth:`decide`, which is called every morning under both drivers (and makes the sweep as
    slow as Python).
    """

    def __init__(self, model: Host, number: int) -> None:
        self.voice = number + 1  # voice 0 is the firm
        self.name = model.scenario.structure.kols[number].name
        super().__init__(model, len(model.world.people.rows) + number, register=True)

    def decide(self) -> None:
        """Called every morning before the day; may change the plan. The default does nothing."""

    @property
    def energy(self) -> float:
        """Energy, 0 to 1."""
        return float(self.model.world.board.voices["energy"][self.voice])

    @property
    def posts(self) -> float:
        """Posts made today."""
        return float(self.model.world.board.voices["posts"][self.voice])

    @property
    def quality_today(self) -> float:
        """Quality of today's posts: the planned one, less for tiredness."""
        return float(self.model.world.board.voices["quality"][self.voice])

    audience = Planned("people who notice one public post if its topic interests everybody fully")
    posts_per_week = Planned("posts planned a week")
    quality = Planned("quality of a post made with full energy")
    warmth = Planned("warmth of the voice")
    attitude = Planned("attitude of the voice")
    authenticity = Planned("authenticity of the voice")
    fee_per_post = Planned("cost of one post")
    cost_quality = Planned("price of quality q: × q/(1 − q) a post")
    warmth_hours = Planned("operators' hours that a post at full warmth takes")
