"""The morning: what the plan, the KOLs and the calendar put on the notice board."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.draws import key_of
from sim.engine.mechanisms.activities import announce
from sim.engine.mechanisms.attention import set_pull
from sim.engine.mechanisms.budget import open_purse
from sim.engine.mechanisms.buying import open_shop
from sim.engine.mechanisms.channels import open_channels
from sim.engine.mechanisms.content import show_outside
from sim.engine.mechanisms.expectation import set_bar
from sim.engine.mechanisms.following import set_following
from sim.engine.mechanisms.groups import arrange_groups
from sim.engine.mechanisms.incentives import offer
from sim.engine.mechanisms.joining import set_ceiling
from sim.engine.mechanisms.leaving import keep_door
from sim.engine.mechanisms.participation import read_groups
from sim.engine.mechanisms.platform import open_platform, set_use
from sim.engine.mechanisms.playbook import follow_playbook
from sim.engine.mechanisms.renewal import renew
from sim.engine.mechanisms.reputation import set_repute
from sim.engine.mechanisms.rocket import light_stages
from sim.engine.mechanisms.selling import sell, set_selling
from sim.engine.mechanisms.service import open_service, set_service
from sim.engine.mechanisms.ties import set_decay
from sim.engine.mechanisms.voices import speak
from sim.engine.mechanisms.word_of_mouth import set_ears
from sim.engine.state.measures import Day
from sim.engine.state.plan import SHARED, Params, lay_over, set_arms, turn_to
from sim.engine.state.world import World


@compiled
def morning(w: World, day: int) -> None:
    """Put the day on the board."""
    turn_page(w, day)
    p, record = w.board.plan.params[SHARED], w.records.days[day]
    renew(w, p, record)
    open_purse(w, p, record)
    light_stages(w, p, record)
    arrange_groups(w, p, record)
    open_platform(w, p, record)
    open_service(w, p, record)
    read_groups(w, p, record)
    speak(w, p, record)
    show_outside(w, p, record)
    open_channels(w, p, record)
    announce(w, p, record)
    sell(w, p, record)
    open_shop(w, p, record)
    for arm in range(w.board.plan.params.shape[0]):
        derive(w, w.board.plan.params[arm], record)
    set_ceiling(w, p, record)


@compiled
def derive(w: World, p: Params, record: Day) -> None:
    """What the day makes of the parameters of an arm: ``p.derived``, written here and nowhere else."""
    set_use(w, p, record)
    set_service(w, p, record)
    set_bar(w, p, record)
    set_following(w, p, record)
    set_selling(w, p, record)
    set_repute(w, p, record)
    offer(w, p, record)
    set_decay(w, p, record)
    set_pull(w, p, record)
    set_ears(w, p, record)
    keep_door(w, p, record)


@compiled
def turn_page(w: World, day: int) -> None:
    """A new date, new luck, and where the plan has changed, the new plan."""
    today, phase = w.board.today[0], w.playbook.phases[day]
    turned = day == 0 or phase != today.phase
    today.day, today.phase, today.key = day, phase, key_of(today.run_key, day)
    if follow_playbook(w, day) or turned:
        turn_to(w.playbook, phase, SHARED)
        lay_over(w.playbook, phase, SHARED)
        set_arms(w.playbook)
