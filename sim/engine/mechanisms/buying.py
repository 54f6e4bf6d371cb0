"""Buying: weighing what is on sale, paying, using it, and finding it faulty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform, uniform_at
from sim.engine.rules.attention import logistic
from sim.engine.rules.expectation import adapted, disconfirmation
from sim.engine.rules.interests import match
from sim.engine.rules.purchase import (
    crowd_shift,
    expected_of,
    gumbel,
    herd_shift,
    inclusive,
    path_taken,
    price_shift,
    sound,
    used,
)
from sim.engine.rules.ties import grown, shaken
from sim.engine.state.arrays import Floats, Small
from sim.engine.state.board import Board
from sim.engine.state.events import PRODUCT_FAULT
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import MEMBER, NEVER, Person
from sim.engine.state.plan import SHARED, Params, arm_of
from sim.engine.state.world import World, note

if TYPE_CHECKING:
    from sim.scenario.sections.buying import ProductPlan


@compiled
def open_shop(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say which products turn out to be faulty today."""
    today, shelf = w.board.today[0], w.board.shelf
    today.faults = 0
    record.on_sale = shelf.items.shape[0] if today.paid_products != 0 else 0
    for q in range(shelf.items.shape[0]):
        item, fault = shelf.items[q], w.board.plan.products[SHARED, q].fault
        item.broke = max(0.0, fault - item.fault) if today.day > 0 else 0.0
        item.fault = fault
        if item.broke > 0.0:
            today.faults += 1
            note(w.records, today.day, PRODUCT_FAULT, q, owners(shelf.bought, q))


@compiled
def owners(bought: Small, q: int) -> int:
    """People who ever bought product ``q``."""
    n = 0
    for i in range(bought.shape[0]):
        n += 1 if bought[i, q] != NEVER else 0
    return n


@compiled(merged=True)
def use_owned(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """On the day on which a fault shows, all members who own the product are disappointed by what it takes."""
    if board.today[0].faults == 0:
        return
    products, arm = board.plan.products, arm_of(me)
    for q in range(products.shape[1]):
        broke = board.shelf.items[q].broke
        if broke > 0.0 and board.shelf.bought[me.id, q] != NEVER:
            lost = products[arm, q].quality * broke
            respond(me, bonds, p, disconfirmation(0.0, lost, 0.0, p.derived.loss_aversion), 0.0)


@compiled(merged=True)
def buy(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:
    """On a visit, perhaps weigh what is on sale, by search, discovery or sharing; buy at most one product a day.

    A follower outside who reads does so less readily, and sees no selling messages: those go to members.
    """
    today = board.today[0]
    if today.paid_products == 0:
        return
    member = me.status == MEMBER
    near, discovery = 1.0 if member else p.business.buying.outside, p.derived.discovery if member else 0.0
    sharing = p.business.buying.sharing * friends_who_bought(me, p)
    path = path_taken(uniform(luck, Purpose.WEIGH), near * p.derived.search, discovery, near * sharing)
    if path >= 0:
        weigh(me, bonds, board, p, luck, path, tally)


@compiled(merged=True)
def orders(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> bool:  # noqa: ARG001
    """Whether somebody outside who notices a channel that sells weighs a purchase at once."""
    if board.today[0].paid_products == 0 or me.noticed >= len(board.channels) or me.sale != 0:
        return False
    return uniform(luck, Purpose.ORDER) < board.channels[me.noticed].sells


@compiled(merged=True)
def order(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:
    """Weigh what an advertisement offers: a way of discovery."""
    weigh(me, bonds, board, p, luck, 1, tally)


@compiled(merged=True)
def weigh(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, path: int, tally: Tally) -> None:
    """Weigh what is on sale, perhaps advised, and buy one product of it or none; ``path`` led here."""
    today = board.today[0]
    tally.weighed += 1
    advised = uniform(luck, Purpose.ADVICE) < p.derived.advised
    if advised:
        bonds[0] = grown(bonds[0], p.derived.advice_bond)
    q = choose(me, board, p, luck)
    if q == NEVER:
        return
    tally.bought_search += 1 if path == 0 else 0
    tally.bought_discovery += 1 if path == 1 else 0
    tally.bought_sharing += 1 if path == 2 else 0
    tally.bought_outside += 1 if me.status != MEMBER else 0
    purchase(me, board.plan.products[arm_of(me), q], tally)
    board.shelf.bought[me.id, q] = today.day
    me.sale = q + 1
    use(me, bonds, board, p, luck, q, advised, tally)


@compiled(merged=True)
def choose(me: Person, board: Board, p: Params, luck: np.uint64) -> int:
    """The product that is bought of all that do not rest, or NEVER: buying nothing is in a nest of its own.

    Each product has luck of its own: with one more, buyers stay buyers and change, if at all, to that one.
    """
    products, arm, scale = board.plan.products, arm_of(me), 1.0 - p.business.buying.similarity
    chosen, value, highest = NEVER, 0.0, 0.0
    for q in range(products.shape[1]):
        last = board.shelf.bought[me.id, q]
        if last != NEVER and board.today[0].day - last < products[arm, q].repurchase_days:
            continue
        worth = readiness(me, board, p, q)
        height = worth / scale + gumbel(uniform_at(luck, Purpose.PRODUCT, q))
        value = worth if chosen == NEVER else inclusive(value, worth, scale)
        if chosen == NEVER or height > highest:
            chosen, highest = q, height
    return chosen if uniform(luck, Purpose.BUY) < logistic(value) else NEVER


@compiled(merged=True)
def friends_who_bought(me: Person, p: Params) -> float:
    """Share of friends who ever bought, 0 where friends' doings do not count."""
    return me.friends_buying / me.degree if p.derived.friends != 0 and me.degree > 0 else 0.0


@compiled(inline=True)
def buyers_seen(me: Person, board: Board) -> float:
    """Buyers whom a member sees: yesterday's of the own group, and staged ones."""
    own = float(board.groups[me.group].buyers) if me.group >= 0 else 0.0
    return own + board.today[0].staged if me.status == MEMBER else 0.0


@compiled(merged=True)
def readiness(me: Person, board: Board, p: Params, q: int) -> float:
    """Logit of buying product ``q``: propensity, trust, fit, quality, price, who else bought, reputation, fatigue."""
    buying, product, topics = p.business.buying, board.plan.products[arm_of(me), q], board.plan.topics[arm_of(me)]
    row = len(board.voices) + q
    fit = match(me.focus, me.norm, topics[row, me.tribe], topics[row, me.tribe2])
    logit = buying.base + product.appeal + p.market.latent.buying * me.latent + buying.tie * me.tie
    logit += buying.match * fit + buying.quality * sound(product.quality, product.fault)
    logit += price_shift(product.price, buying.price, me.power, me.tie, buying.tie_price)
    logit += herd_shift(buying.herd, me.friends_buying) if p.derived.friends != 0 else 0.0
    logit += crowd_shift(buying.crowd, buyers_seen(me, board), buying.crowd_most)
    logit += p.derived.repute_buying
    return logit - buying.fatigue * me.fatigue


@compiled(merged=True)
def purchase(me: Person, product: ProductPlan, tally: Tally) -> None:
    """Pay."""
    price = int(product.price * 100.0 + 0.5)
    tally.revenue += price
    tally.cost_goods += int(product.cost * 100.0 + 0.5)
    tally.purchases += 1
    tally.new_buyers += 1 if me.purchases == 0 else 0
    tally.repeat_buyers += 1 if me.purchases == 1 else 0
    me.purchases += 1
    me.spent += price


@compiled(merged=True)
def use(
    me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, q: int, advised: bool, tally: Tally
) -> None:
    """Use a product: judged against what it promised and what its price let expect.

    Advice before the sale brings what is expected nearer to what it is; help after it makes more of it.
    """
    buying, product = p.business.buying, board.plan.products[arm_of(me), q]
    experience = used(sound(product.quality, product.fault), buying.friends_use, friends_who_bought(me, p))
    expected = expected_of(product.promise, buying.price_cue, product.price)
    if uniform(luck, Purpose.SUPPORT) < p.derived.supported:
        experience = grown(experience, p.derived.support)
    if advised:
        expected = adapted(expected, experience, p.derived.advice)
    gap = disconfirmation(experience, expected, 0.0, p.derived.loss_aversion)
    tally.satisfied += 1 if gap >= 0.0 else 0
    respond(me, bonds, p, gap, buying.use_bond * experience)


@compiled(merged=True)
def respond(me: Person, bonds: Floats, p: Params, gap: float, gain: float) -> None:
    """Use moves satisfaction and the tie to the firm; a shortfall shakes the tie and is a grievance."""
    taste(me, p, gap, p.business.buying.use_weight)
    if gap >= 0.0:
        bonds[0] = grown(bonds[0], gain)
    else:
        bonds[0] = shaken(bonds[0], p.mechanism.ties.shortfall, -gap)
        me.grievance = max(me.grievance, min(1.0, -gap))


@compiled(merged=True)
def taste(me: Person, p: Params, gap: float, weight: float) -> None:  # noqa: ARG001 - what satisfaction follows may be set
    """Satisfaction, 0 to 1, moves by a share of the gap between use and what was expected of it."""
    me.satisfaction = min(1.0, max(0.0, me.satisfaction + weight * gap))
