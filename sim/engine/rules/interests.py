"""How well a topic fits a person's interests."""

from __future__ import annotations

from sim.engine.compiled import compiled


@compiled(inline=True)
def match(focus: float, norm: float, main: float, second: float) -> float:
    """Cosine of a person's interests and a topic, 0 to 1.

    The person's interest lies on two tribes, ``focus`` on the main one and ``1 - focus`` on the second; ``norm`` is one
    over the length of that vector. ``main`` and ``second`` are the topic's unit vector at the two tribes. Limits: 1
    where the topic is the person's interest, 0 where they share no tribe. Source: cosine match of topic and interest as
    in Ren & Kraut (2014); two tribes a person are a design choice.
    """
    return (focus * main + (1.0 - focus) * second) * norm
