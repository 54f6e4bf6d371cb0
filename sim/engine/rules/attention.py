"""Finite attention: who comes on a day, what they read, and when it becomes too much."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled


@compiled(inline=True)
def logistic(x: float) -> float:
    """1 / (1 + exp(−x)), for any finite x. Definition."""
    return 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else 0.0


@compiled(inline=True)
def shifted(base: float, shift: float) -> float:
    """The probability ``base`` moved by ``shift`` logits; 0 and 1 stay.

    So both ends are reachable. Definition of a logit.
    """
    if base <= 0.0:
        return 0.0
    if base >= 1.0:
        return 1.0
    return logistic(math.log(base / (1.0 - base)) + shift)


@compiled(inline=True)
def forgotten(weight: float, away: int) -> float:
    """Logits lost after ``away`` (≥ 1) days without a visit: −weight·log(away), so retention falls like a power.

    Power-law forgetting: Wixted & Ebbesen (1991); its use for visits is a design choice.
    """
    return -weight * math.log(float(away)) if away > 1 else 0.0


@compiled(inline=True)
def fraction_read(capacity: float, offered: float) -> float:
    """Share of the messages offered that is read: all up to ``capacity``, then ``capacity / offered``.

    Limited attention: Simon (1971); proportional form: design choice.
    """
    return capacity / offered if offered > capacity else 1.0


@compiled(inline=True)
def off_topic(narrow: float, broad: float, breadth: float, effect: float, covered: float) -> float:
    """Share of members' messages off topic: grows with the breadth of the theme, falls with moderation.

    ``covered`` is the share of messages that moderators look after, ``effect`` what full cover removes. Direction:
    Ren & Kraut (2014); linear form: design choice.
    """
    return min(1.0, narrow + broad * breadth) * (1.0 - effect * covered)


@compiled(inline=True)
def reading_cost(unit: float, read: float, signal: float, offered: float, least: float) -> float:
    """Experience lost by reading: ``unit`` per message, divided by the share of signal (at least ``least``).

    Ren & Kraut (2014): cost ∝ messages / signal-to-noise. Zero where nothing is read.
    """
    if offered <= 0.0:
        return 0.0
    return unit * read / max(signal / offered, least)


@compiled(inline=True)
def overload(slope: float, offered: float, knee: float) -> float:
    """Units of overload: ``slope`` for each message a day beyond the knee; 0 up to there.

    The hazard of leaving grows with its exponential. Evidence on volume: Jones, Ravid & Rafaeli (2004).
    """
    return slope * (offered - knee) if offered > knee else 0.0


@compiled(inline=True)
def congestion(volume: float, bearable: float) -> float:
    """What is left of the wish to write where ``volume`` messages a day are seen: exp(−volume/bearable).

    So messages grow like the logarithm of a group's size and those who write saturate (Jones, Ravid & Rafaeli 2004;
    Ren & Kraut 2014: volume damps contribution); the form is Ricker's (1954). 1 where nothing is said.
    """
    return math.exp(-volume / bearable)


@compiled(inline=True)
def mute_chance(rate: float, overload: float) -> float:
    """Chance of muting a chat on a visit: 1 − exp(−rate·overload); 0 without overload. Design choice."""
    return 1.0 - math.exp(-rate * overload)
