"""``title``: of a plan, and of an entry of its playbook."""

from __future__ import annotations

from sim.scenario.parameter import Section, word


class Title(Section, scope="plan"):
    """A title in two languages."""

    en: str = word("", "English", "英文")
    zh: str = word("", "Chinese", "中文")
