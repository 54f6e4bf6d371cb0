"""Voices: what the firm (voice 0) and the KOLs publish, and the energy that it takes."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.purse import lacking, left
from sim.engine.rules.content import price_of
from sim.engine.rules.energy import drain, energy_next, quality_with
from sim.engine.state.board import VOICE, Today
from sim.engine.state.events import POSTS_END
from sim.engine.state.measures import Day
from sim.engine.state.plan import SHARED, Params
from sim.engine.state.world import World

#: Most posts of a voice on a day that the rest of a total adds: as many as a plan may state. Definition.
MOST_POSTS = 500.0 / 7.0


@compiled
def speak(w: World, p: Params, record: Day) -> None:
    """All voices post what is due."""
    for v in range(w.board.voices.shape[0]):
        post(w, v, p, record)


@compiled
def post(w: World, v: int, p: Params, record: Day) -> None:
    """A voice posts what is due, as far as money (free posts go on) and energy go; a tired post is a worse one."""
    plan, voice, today = w.board.plan.voices[SHARED, v], w.board.voices[v], w.board.today[0]
    on = p.switches.content if v == 0 else p.switches.kols
    voice.due += plan.posts_per_week / 7.0 if on != 0 else 0.0
    posts = float(int(voice.due + 1e-9))
    voice.due -= posts
    price = price_of(plan.fee_per_post, plan.cost_quality, plan.quality)
    posts = payable(w, v, posts, price)
    planned = posts
    if today.rest_kind == VOICE and today.rest_item == v and on != 0:
        posts += from_rest(today, posts, price)
    tires = v > 0 and p.switches.energy != 0 and plan.energy_cost > 0.0
    voice.quality = quality_with(plan.quality, voice.energy, plan.craft) if tires else plan.quality
    if tires:
        while posts > 0.0 and drain(plan.energy_cost, posts, plan.energy_exponent) > voice.energy:
            posts -= 1.0
            record.posts_dropped += 1
        voice.energy = energy_next(
            voice.energy, plan.energy_recovery, drain(plan.energy_cost, posts, plan.energy_exponent)
        )
    voice.posts, voice.reach = posts, posts * (plan.audience / today.people) * w.playbook.inflow[today.day]
    voice.attitude, voice.authenticity = plan.attitude, plan.authenticity
    voice.warmth = plan.warmth * by_hand(today, posts * plan.warmth_hours * plan.warmth, record)
    w.board.feed[today.day + 1, v] = w.board.feed[today.day, v] + posts
    w.records.energy[today.day, v], w.records.voice_posts[today.day, v] = voice.energy, posts
    record.posts += int(posts)
    cost = int(posts * price * 100.0 + 0.5)
    today.spent += cost
    record.cost_content += cost
    if posts > planned:
        more = cost - int(planned * price * 100.0 + 0.5)
        today.rest = max(0.0, today.rest - more)
        record.rest_spent += more


@compiled(inline=True)
def by_hand(today: Today, hours: float, record: Day) -> float:
    """Share of the warmth for which operators have the hours that it takes; these are gone for their other work."""
    if hours <= 0.0:
        return 1.0
    given = min(hours, today.hours)
    today.hours -= given
    record.hours_wanted += hours
    record.hours_done += given
    return given / hours


@compiled(inline=True)
def from_rest(today: Today, posts: float, price: float) -> float:
    """Posts beyond those planned for which the rest of the total is enough; a voice has no time for more than some."""
    most = min(today.rest, float(left(today)) - posts * price * 100.0 - 1.0)
    return float(int(min(MOST_POSTS, max(0.0, most / (price * 100.0))))) if price > 0.0 else 0.0


@compiled
def payable(w: World, v: int, posts: float, price: float) -> float:
    """As many of the posts due as there is money for; the first time that it is not enough, that is noted."""
    voice, most = w.board.voices[v], left(w.board.today[0])
    if price <= 0.0 or int(posts * price * 100.0 + 0.5) <= most:
        return posts
    if voice.ended == 0:
        voice.ended = 1
        lacking(w, POSTS_END, v, 0)
    posts = float(int(most / (price * 100.0)))
    while posts > 0.0 and int(posts * price * 100.0 + 0.5) > most:
        posts -= 1.0
    return posts
