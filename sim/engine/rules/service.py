"""Operators' hours."""

from __future__ import annotations

from sim.engine.compiled import compiled


@compiled(inline=True)
def led_share(team: float, span: float) -> float:
    """Share of a team that somebody leads: ``span`` people can be led; one person alone needs no leader.

    Span of control (Graicunas 1933); linear form: design choice.
    """
    if team <= 1.0:
        return 1.0
    return min(1.0, (span + 1.0) / team)


@compiled(inline=True)
def effective(hours: float, led: float, loss: float) -> float:
    """Hours that count: the part of the team that nobody leads loses ``loss`` of its hours. Design choice."""
    return hours * (1.0 - loss * (1.0 - led))


@compiled(inline=True)
def doable(hours: float, each: float) -> int:
    """Pieces of work that fit into ``hours`` when one takes ``each`` (> 0); at most 10⁹. Definition."""
    return int(min(1.0e9, hours / each + 1.0e-9))
