"""The morning: what the plan, the KOLs and the calendar put on the notice board."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import compiled
from sim.engine.draws import key_of
from sim.engine.rules.attention import off_topic
from sim.engine.rules.energy import drain, energy_next, quality_with
from sim.engine.rules.rocket import ignites
from sim.engine.rules.ties import kept_share
from sim.engine.state.board import (
    BUDGET_REACHED,
    GROUP_SPLIT,
    IGNITION,
    PLAN_CHANGED,
    World,
)
from sim.engine.state.people import NEVER


@compiled(inline=True)
def note(events: Any, count: Any, day: int, kind: int, which: int, amount: int) -> None:
    """Write down an event (there is room for every one that a day can bring: see ``sim.model.world``)."""
    event = events[count[0]]
    event.day, event.kind, event.which, event.amount = day, kind, which, amount
    count[0] += 1


@compiled
def morning(w: World, day: int) -> None:
    """Put the day on the board: stages, posts, channels, activities, selling, and yesterday's messages."""
    today, record = w.scene.today[0], w.days[day]
    phase = w.phases[day]
    if day > 0 and phase != w.phases[day - 1]:
        note(w.events, w.event_count, day, PLAN_CHANGED, phase, 0)
    today.day, today.phase, today.key = day, phase, key_of(today.run_key, day)
    p = w.scene.params[phase]
    if today.cap >= 0 and today.spent >= today.cap and today.reached == 0:
        today.reached = 1
        today.frozen = today.cap_stops
        note(w.events, w.event_count, day, BUDGET_REACHED, 0, today.spent)
    light_stages(w, day, p, record)
    house(w, day, p, record)
    for v in range(w.scene.voices.shape[0]):
        speak(w, day, v, p, record)
    seen_from_outside(w)
    for c in range(w.scene.channels.shape[0]):
        open_channel(w, day, c, p, record)
    for a in range(w.scene.activities.shape[0]):
        open_activity(w, a, p)
    sell(today, p)
    record.promos = int(today.promos)
    today.tie_kept = kept_share(1.0, p.mechanism.ties.half_life)
    today.fatigue_kept = kept_share(1.0, p.business.selling.half_life)
    today.lift_kept = kept_share(1.0, p.structure.service.lift_half_life)
    today.stir = ceiling(w, p)


@compiled
def light_stages(w: World, day: int, p: Any, record: Any) -> None:
    """Ignite the stages whose conditions hold this morning; pay for ignition and for what is lit."""
    rocket, today = p.business.rocket, w.scene.today[0]
    light(w, day, 0, rocket.free_content, record)
    light(w, day, 1, rocket.platform, record)
    light(w, day, 2, rocket.paid_products, record)
    today.free_content = 1 if w.ignited[0] != NEVER else 0
    today.platform = 1 if w.ignited[1] != NEVER else 0
    today.paid_products = 1 if w.ignited[2] != NEVER else 0


@compiled
def light(w: World, day: int, stage: int, rule: Any, record: Any) -> None:
    """Ignite one stage if it is ready; a lit stage costs its running cost."""
    if w.ignited[stage] == NEVER and stage_ready(w, day, rule):
        w.ignited[stage] = day
        record.cost_platform += int(rule.cost * 100.0 + 0.5)
        note(w.events, w.event_count, day, IGNITION, stage, w.scene.today[0].members)
    if w.ignited[stage] != NEVER:
        record.cost_platform += w.team[w.scene.today[0].phase].stage_cents[stage]
        record.rocket_stage = stage + 1


@compiled
def stage_ready(w: World, day: int, rule: Any) -> bool:
    """Whether a stage that is not lit may ignite: its own conditions, the stage before it, and the budget."""
    today = w.scene.today[0]
    if rule.enabled == 0 or (today.frozen != 0 and rule.cost > 0.0):
        return False
    if rule.after > 0 and w.ignited[rule.after - 1] == NEVER:
        return False
    return ignites(day, rule.day, today.members, rule.min_members, today.members_strong, rule.min_strong)


@compiled
def house(w: World, day: int, p: Any, record: Any) -> None:
    """Groups, what they cost, and what was said in them yesterday."""
    today, groups, rule = w.scene.today[0], p.carrier.groups, p.mechanism.participation
    wanted = max(1, (today.members + groups.cap - 1) // groups.cap)
    if wanted > today.groups and day > 0:
        note(w.events, w.event_count, day, GROUP_SPLIT, 0, wanted)
    today.groups = wanted
    today.places = min(2_000_000_000, groups.limit * groups.cap) if groups.limit > 0 else 2_000_000_000
    month = wanted * groups.cost_month
    if today.platform != 0:
        month += today.members * p.carrier.platform.cost_per_member
    record.cost_platform += int(month * 1200.0 / 365.0 + 0.5)
    today.messages = today.member_posts / wanted
    effect = p.structure.service.moderation if p.switches.operators != 0 else 0.0
    today.off_topic = off_topic(rule.off_topic, rule.off_topic_breadth, p.culture.breadth, effect, today.covered)
    record.groups = wanted
    record.messages_per_group = today.messages


@compiled
def speak(w: World, day: int, v: int, p: Any, record: Any) -> None:
    """A voice posts what is due, as far as energy and budget go; a post made tired is a worse post."""
    plan, voice, today = w.voice_plan[today_phase(w), v], w.scene.voices[v], w.scene.today[0]
    on = p.switches.content if v == 0 else p.switches.kols
    voice.due += plan.posts_per_week / 7.0 if on != 0 and today.frozen == 0 else 0.0
    posts = float(int(voice.due + 1e-9))
    voice.due -= posts
    tires = v > 0 and p.switches.energy != 0 and plan.energy_cost > 0.0
    voice.quality = quality_with(plan.quality, voice.energy) if tires else plan.quality
    if tires:
        while posts > 0.0 and drain(plan.energy_cost, posts, plan.energy_exponent) > voice.energy:
            posts -= 1.0
        voice.energy = energy_next(
            voice.energy, plan.energy_recovery, drain(plan.energy_cost, posts, plan.energy_exponent)
        )
    voice.posts, voice.reach = posts, posts * plan.reach
    voice.warmth, voice.attitude, voice.authenticity = plan.warmth, plan.attitude, plan.authenticity
    w.scene.feed[day + 1, v] = w.scene.feed[day, v] + posts
    w.energy[day, v], w.voice_posts[day, v] = voice.energy, posts
    record.posts += int(posts)
    record.cost_content += int(posts * plan.fee_per_post * 100.0 + 0.5)


@compiled(inline=True)
def today_phase(w: World) -> int:
    """The phase of the plan that holds today."""
    return w.scene.today[0].phase


@compiled
def seen_from_outside(w: World) -> None:
    """Quality of public posts as strangers see it: a running mean over about a week of posts, nil before stage 1."""
    today, posts, good = w.scene.today[0], 0.0, 0.0
    for v in range(w.scene.voices.shape[0]):
        posts += w.scene.voices[v].posts
        good += w.scene.voices[v].posts * w.scene.voices[v].quality
    if today.free_content == 0:
        today.outside_quality = 0.0
    elif posts > 0.0:
        today.outside_quality += (good / posts - today.outside_quality) / 7.0


@compiled
def open_channel(w: World, day: int, c: int, p: Any, record: Any) -> None:
    """Contacts a head of the market that a channel makes today, organic and bought; the budget is spent in full."""
    plan, channel, today = w.channel_plan[today_phase(w), c], w.scene.channels[c], w.scene.today[0]
    channel.contacts = 0.0
    if p.switches.channels == 0:
        return
    channel.contacts = plan.organic
    if today.frozen == 0:
        channel.contacts += plan.daily_budget / plan.cost_per_contact / today.people
        paid = int(plan.daily_budget * 100.0 + 0.5)
        w.channel_cents[day, c] = paid
        record.cost_acquisition += paid
    channel.attention, channel.targeting, channel.trust = plan.attention, plan.targeting, plan.trust


@compiled
def open_activity(w: World, a: int, p: Any) -> None:
    """Announce an activity for tomorrow when one is due."""
    plan, activity = w.activity_plan[today_phase(w), a], w.scene.activities[a]
    activity.open = 0
    if p.switches.activities == 0 or w.scene.today[0].frozen != 0:
        return
    activity.due += plan.per_month * 12.0 / 365.0
    if activity.due >= 1.0 - 1e-9:
        activity.held = int(activity.due + 1e-9)
        activity.due -= activity.held
        activity.open = min(2_000_000_000, activity.held * plan.capacity)
        activity.quality, activity.bonding = plan.quality, plan.bonding
        activity.head_cents = int(plan.cost_per_head * 100.0 + 0.5)


@compiled
def sell(today: Any, p: Any) -> None:
    """Selling messages to every member, once products are on sale."""
    today.promos = 0.0
    if today.paid_products != 0 and p.switches.selling != 0:
        today.promos_due += p.business.selling.promos_per_week / 7.0
        today.promos = float(int(today.promos_due + 1e-9))
        today.promos_due -= today.promos


@compiled
def ceiling(w: World, p: Any) -> float:
    """The highest chance today that a person whom nothing else touches has to be looked at."""
    today, most = w.scene.today[0], 0.0
    today.fit_lift = w.fit_lifts[today.phase]
    for c in range(w.scene.channels.shape[0]):
        channel = w.scene.channels[c]
        most += channel.contacts * channel.attention * (1.0 - channel.targeting + channel.targeting * today.fit_lift)
    if p.switches.word_of_mouth != 0:
        most += p.mechanism.word_of_mouth.visible
    most += max(p.entrance.consideration.reconsider, p.mechanism.leaving.come_back)
    if today.free_content != 0:
        for v in range(w.scene.voices.shape[0]):
            most += w.scene.voices[v].reach
    return most * 1.000001
