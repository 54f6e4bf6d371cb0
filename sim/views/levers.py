"""What a parameter of a scenario means, and a group of them, as their one declaration tells it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from sim.scenario.catalogue import Block, Parameter, lookup, parameters, pattern, steps

#: A name longer than this, in letters (a Chinese one counts two), is cut at its first colon (design choice).
_LONG = 56


def meaning(key: str, lang: str) -> str:
    """The meaning of a dotted ``key``, or of a block, in ``lang``; "" where the schema does not know it.

    A row of a table is named by its name or number (``structure.kols.luo.quality``), which is told with it, and so is
    the block where several parameters have the same meaning. Of joined groups (``culture + market``) each is explained.
    """
    if " + " in key:
        return _listed([meaning(part, lang) for part in key.split(" + ")], lang)
    path = steps(key)
    entry = lookup(path)
    if entry is None:
        return ""
    told = _own(entry, lang)
    told_of = [name for depth, name in enumerate(path, 1) if (pattern(path[:depth]) or "").endswith("[]")]
    if isinstance(entry, Block):
        return f"{told}{'：' if lang == 'zh' else ': '}{told_of[0]}" if told_of else told
    if _frequency(lang)[told] > 1 and (block := lookup(path[:-1])):
        told_of = [_own(block, lang), *told_of]
    return _with(told, ", ".join(told_of), lang)


def title(key: str, lang: str) -> str:
    """A short name for a dotted ``key`` in ``lang``; "" where the schema does not know it.

    The head of its meaning, without asides. What the meaning leaves open is told in brackets: the row of a table, and
    the block where other parameters have the same head.
    """
    path = steps(key)
    entry = lookup(path)
    if entry is None:
        return ""
    told = _head(_own(entry, lang))
    told_of = [name for depth, name in enumerate(path, 1) if (pattern(path[:depth]) or "").endswith("[]")]
    block = lookup(path[:-1])
    if isinstance(entry, Parameter) and _heads(lang)[told] > 1 and block is not None:
        told_of = [_head(_own(block, lang)), *told_of]
    return _with(told, ", ".join(told_of), lang)


def _head(text: str) -> str:
    """A meaning without brackets; of a long one what stands before a colon or semicolon."""
    short = re.sub(r"\s*(\([^)]*\)|（[^）]*）)", "", text)
    if sum(2 if ord(letter) > 0x2E7F else 1 for letter in short) <= _LONG:
        return short
    return re.split(r"[:;：；]", short, maxsplit=1)[0]


@cache
def _heads(lang: str) -> Counter[str]:
    """How many parameters have each short name."""
    return Counter(_head(_own(entry, lang)) for entry in parameters())


def group_meaning(name: str, keys: Iterable[str], lang: str) -> str:
    """The meaning of a group of levers; a whole module, which says little, with the blocks that its ``keys`` lie in."""
    told = meaning(name, lang)
    if not told or "." in name or " + " in name:
        return told
    blocks = [meaning(".".join(steps(key)[:2]), lang) for key in keys]
    return _with(told, _listed(dict.fromkeys(blocks), lang), lang)


def _own(entry: Parameter | Block, lang: str) -> str:
    return entry.zh if lang == "zh" else entry.en


@cache
def _frequency(lang: str) -> Counter[str]:
    """How many parameters have each meaning."""
    return Counter(_own(entry, lang) for entry in parameters())


def _listed(parts: Iterable[str], lang: str) -> str:
    return ("；" if lang == "zh" else "; ").join(filter(None, parts))


def _with(text: str, aside: str, lang: str) -> str:
    if not aside:
        return text
    return f"{text}（{aside}）" if lang == "zh" else f"{text} ({aside})"
