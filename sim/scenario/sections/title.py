"""``title``: what a scenario, or a part of it, is called."""

from __future__ import annotations

from sim.scenario.parameter import Section, word


class Title(Section, scope="plan"):
    """A title in two languages."""

    en: str = word("", "English", "英文")
    zh: str = word("", "Chinese", "中文")
