"""Buying: weighing what is on sale, paying, and using it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform, uniform_at
from sim.engine.rules.attention import logistic
from sim.engine.rules.expectation import disconfirmation
from sim.engine.rules.interests import match
from sim.engine.rules.purchase import herd_shift, price_shift
from sim.engine.rules.ties import grown, shaken
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Tally
from sim.engine.state.people import MEMBER, Person
from sim.engine.state.plan import Params, arm_of

if TYPE_CHECKING:
    from sim.scenario.sections.buying import ProductPlan


@compiled(merged=True)
def buy(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:
    """On a visit, perhaps weigh what is on sale; buy at most one product a day."""
    today = board.today[0]
    if today.paid_products == 0:
        return
    weighing = p.derived.weighing if me.status == MEMBER else p.derived.weighing * p.business.buying.outside
    if uniform(luck, Purpose.BUY) >= weighing:
        return
    products, arm = board.plan.products, arm_of(me)
    for q in range(products.shape[1]):
        product = products[arm, q]
        rests = me.last_product == q and today.day - me.bought_day < product.repurchase_days
        if not rests and uniform_at(luck, Purpose.PRODUCT, q) < logistic(readiness(me, board, p, q)):
            purchase(me, bonds, product, p, tally)
            me.last_product = q
            me.bought_day = today.day
            me.sale = q + 1
            return


@compiled(merged=True)
def readiness(me: Person, board: Board, p: Params, q: int) -> float:
    """Logit of buying product ``q``: propensity, trust, fit, quality, price, friends who bought, selling fatigue."""
    buying, product, topics = p.business.buying, board.plan.products[arm_of(me), q], board.plan.topics[arm_of(me)]
    row = len(board.voices) + q
    fit = match(me.focus, me.norm, topics[row, me.tribe], topics[row, me.tribe2])
    logit = buying.base + product.appeal + p.market.latent.buying * me.latent + buying.tie * me.tie
    logit += buying.match * fit + buying.quality * product.quality
    logit += price_shift(product.price, buying.price, me.power, me.tie, buying.tie_price)
    logit += herd_shift(buying.herd, me.friends_buying) if p.derived.friends != 0 else 0.0
    return logit - buying.fatigue * me.fatigue


@compiled(merged=True)
def purchase(me: Person, bonds: Floats, product: ProductPlan, p: Params, tally: Tally) -> None:
    """Pay, and use: a product better than expected builds the tie to the firm, a worse one shakes it."""
    price = int(product.price * 100.0 + 0.5)
    tally.revenue += price
    tally.cost_goods += int(product.cost * 100.0 + 0.5)
    tally.purchases += 1
    tally.new_buyers += 1 if me.purchases == 0 else 0
    tally.repeat_buyers += 1 if me.purchases == 1 else 0
    me.purchases += 1
    me.spent += price
    gap = disconfirmation(product.quality, me.expectation, 0.0, p.derived.loss_aversion)
    if gap >= 0.0:
        bonds[0] = grown(bonds[0], p.business.buying.use_bond * product.quality)
    else:
        bonds[0] = shaken(bonds[0], p.mechanism.ties.shortfall, -gap)
