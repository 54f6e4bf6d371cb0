"""What an entry of a playbook is called: its title, else what it sets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sim.scenario.catalogue import Parameter, lookup, number, pattern, steps
from sim.scenario.sections.playbook import Change

#: Settings that a title tells (design choice).
MOST = 2
_SWITCHES = {"en": ("off", "on"), "zh": ("关", "开")}
_BETWEEN = {"en": ", ", "zh": "，"}


def titles_of(entry: Change) -> dict[str, str]:
    """The title of an entry in each language."""
    given = {"en": entry.title.en or entry.title.zh, "zh": entry.title.zh or entry.title.en}
    return {lang: text or what_it_sets(entry.set, lang) for lang, text in given.items()}


def what_it_sets(changes: Mapping[str, float], lang: str) -> str:
    """The first parameters that are set, with their values."""
    told = [_setting(key, value, lang) for key, value in list(changes.items())[:MOST]]
    more = ["…"] if len(changes) > MOST else []
    return _BETWEEN[lang].join([*told, *more])


def _setting(key: str, value: float, lang: str) -> str:
    path = steps(key)
    entry = lookup(path)
    text = key
    if isinstance(entry, Parameter):
        text = re.split(r"[:;：；(（]", entry.zh if lang == "zh" else entry.en, maxsplit=1)[0].strip()
    items = [step for depth, step in enumerate(path, 1) if (pattern(path[:depth]) or "").endswith("[]")]
    aside = items[0] if items else ""
    if aside:
        text += f"（{aside}）" if lang == "zh" else f" ({aside})"
    return f"{text} {_SWITCHES[lang][value] if isinstance(value, bool) else number(value)}"
