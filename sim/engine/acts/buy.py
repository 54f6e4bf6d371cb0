"""Weighing and buying."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform, uniform_at
from sim.engine.rules.attention import logistic
from sim.engine.rules.expectation import disconfirmation
from sim.engine.rules.interests import match
from sim.engine.rules.purchase import herd_shift, price_shift, weighing
from sim.engine.rules.ties import grown, shaken
from sim.engine.state.board import Scene


@compiled(merged=True)
def buy(me: Any, bonds: Any, scene: Scene, p: Any, luck: Any, tally: Any) -> None:
    """On a visit, perhaps weigh what is on sale; buy at most one product a day."""
    today, selling = scene.today[0], p.business.selling
    if today.paid_products == 0:
        return
    if uniform(luck, Purpose.BUY) >= weighing(selling.organic, selling.push, today.promos):
        return
    products = scene.products[today.phase]
    for q in range(len(products)):
        rests = me.last_product == q and today.day - me.bought_day < products[q].repurchase_days
        if not rests and uniform_at(luck, Purpose.PRODUCT, q) < logistic(readiness(me, scene, p, q)):
            purchase(me, bonds, products[q], p, tally)
            me.last_product = q
            me.bought_day = today.day
            me.sale = q + 1
            return


@compiled(merged=True)
def readiness(me: Any, scene: Scene, p: Any, q: int) -> float:
    """Logit of buying product ``q``: propensity, trust, fit, quality, price, friends who bought, selling fatigue."""
    today, buying = scene.today[0], p.business.buying
    product, topics = scene.products[today.phase][q], scene.topics[today.phase]
    row = len(scene.voices) + q
    fit = match(me.focus, me.norm, topics[row, me.tribe], topics[row, me.tribe2])
    logit = buying.base + product.appeal + p.market.latent.buying * me.latent + buying.tie * me.tie
    logit += buying.match * fit + buying.quality * product.quality
    logit += price_shift(product.price, buying.price, me.power, me.tie, buying.tie_price)
    logit += herd_shift(buying.herd, me.friends_buying) if p.switches.word_of_mouth != 0 else 0.0
    return logit - buying.fatigue * me.fatigue


@compiled(merged=True)
def purchase(me: Any, bonds: Any, product: Any, p: Any, tally: Any) -> None:
    """Pay, and use: a product better than expected builds the tie to the firm, a worse one shakes it."""
    price = int(product.price * 100.0 + 0.5)
    tally.revenue += price
    tally.cost_goods += int(product.cost * 100.0 + 0.5)
    tally.purchases += 1
    tally.new_buyers += 1 if me.purchases == 0 else 0
    tally.repeat_buyers += 1 if me.purchases == 1 else 0
    me.purchases += 1
    me.spent += price
    gap = disconfirmation(product.quality, me.expectation, p.mechanism.expectation.loss_aversion)
    if gap >= 0.0:
        bonds[0] = grown(bonds[0], p.business.buying.use_bond * product.quality)
    else:
        bonds[0] = shaken(bonds[0], p.mechanism.ties.shortfall, -gap)
