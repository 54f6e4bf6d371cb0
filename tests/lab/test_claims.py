"""Claims: what is judged of made-up outcomes, rigged so that the claim is true, false, nil or lost in noise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from sim.lab.claims.definition import ROLES, Claim, Floats
from sim.lab.claims.files import load_claims
from sim.lab.claims.judge import Judged, Judgement, Label, Verdict, apart, judgement, verdict
from sim.lab.claims.relations import Effect, effect
from tests.fakes_of_claims import DAYS, REPLICATES, exchanged, noisy, of_relation, rigged, same

CLAIMS = load_claims()
RELATIONS = ("sign", "monotone", "inner_peak", "threshold", "crossing", "interaction")
every_claim = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
every_relation = pytest.mark.parametrize("claim", [of_relation(each) for each in RELATIONS], ids=lambda c: c.relation)
either_way = pytest.mark.parametrize("direction", [1, -1])


def spends(claim: Claim, amounts: Mapping[str, float] | None = None) -> dict[str, Floats]:
    return {arm.role: np.full(REPLICATES, (amounts or {}).get(arm.role, 1000.0)) for arm in claim.arms}


def judge(claim: Claim, outcomes: Mapping[str, Floats]) -> Judgement:
    return judgement(claim, outcomes, spends(claim))


# --- Rigged models: every relation both ways, and every shipped claim --------------------------------------------


@either_way
@every_relation
def test_a_relation_tells_true_from_false(claim: Claim, direction: int) -> None:
    _all_four(replace(claim, direction=direction))


@every_claim
def test_every_shipped_claim_can_fail(claim: Claim) -> None:
    _all_four(claim)


def _all_four(claim: Claim) -> None:
    true = rigged(claim)
    assert judge(claim, true).verdict is Verdict.SUPPORTED
    assert judge(claim, exchanged(claim, true)).verdict is Verdict.OPPOSITE
    assert judge(claim, same(claim)).verdict is Verdict.NEGLIGIBLE
    assert judge(claim, noisy(claim, true)).verdict is Verdict.UNRESOLVED


@every_relation
def test_an_effect_too_small_to_matter_is_negligible(claim: Claim) -> None:
    assert judge(claim, rigged(claim, size=0.2)).verdict is Verdict.NEGLIGIBLE


@every_relation
def test_an_effect_at_the_edge_is_unresolved(claim: Claim) -> None:
    """As large as what matters, and not known better."""
    assert judge(claim, rigged(claim, size=1.0, spread=1.0)).verdict is Verdict.UNRESOLVED


@every_relation
def test_few_replicates_resolve_nothing(claim: Claim) -> None:
    few = {role: values[:4] for role, values in rigged(claim).items()}
    assert judge(claim, few).verdict is Verdict.UNRESOLVED


@every_relation
def test_what_has_no_value_resolves_nothing(claim: Claim) -> None:
    nothing = {role: np.full_like(values, np.nan) for role, values in rigged(claim).items()}
    assert judge(claim, nothing).verdict is Verdict.UNRESOLVED


# --- Other ways in which a relation is false ---------------------------------------------------------------------


def over_levels(claim: Claim, means: list[float]) -> dict[str, Floats]:
    luck = np.random.default_rng(5).normal(0.0, 3.0, REPLICATES)
    luck *= claim.relation != "threshold"  # a level is no difference: what is shared does not cancel
    own = np.random.default_rng(6).normal(0.0, 0.05, (len(means), REPLICATES))
    return {
        arm.role: mean + luck + own[number] for number, (arm, mean) in enumerate(zip(claim.arms, means, strict=True))
    }


@pytest.mark.parametrize(
    ("relation", "means", "said"),
    [
        ("inner_peak", [0, 2, 4, 6, 8], Verdict.OPPOSITE),  # the highest dose is best
        ("inner_peak", [8, 6, 4, 2, 0], Verdict.OPPOSITE),  # the lowest is
        ("inner_peak", [0, 4, 8, 8, 8], Verdict.NEGLIGIBLE),  # it rises, and then stays
        ("inner_peak", [8, 0, 0, 0, 8], Verdict.OPPOSITE),
        ("monotone", [0, 3, 6, 9, 3], Verdict.OPPOSITE),  # it turns back
        ("monotone", [0, 3, 6, 9, 8.8], Verdict.SUPPORTED),  # by less than matters
        ("monotone", [0, 0, 0, 0, 0.1], Verdict.NEGLIGIBLE),
        ("threshold", [0, 0, 0, 0, 0], Verdict.OPPOSITE),  # never above 5
        ("threshold", [9, 9, 9, 9, 9], Verdict.OPPOSITE),  # always
    ],
)
def test_shapes_that_a_relation_is_not(relation: str, means: list[float], said: Verdict) -> None:
    claim = of_relation(relation, level=5.0)
    outcomes = over_levels(claim, means)
    assert judge(claim, outcomes).verdict is said


def test_the_best_dose_is_not_favoured_by_its_choice() -> None:
    """Where doses are all alike, the best by chance is no peak, as it would be if it were tested on itself."""
    claim, found = of_relation("inner_peak"), 0
    for seed in range(300):
        draw = np.random.default_rng(seed).normal(0.0, 1.0, (5, REPLICATES))
        found += effect(claim, {arm.role: draw[n] for n, arm in enumerate(claim.arms)}).low > 0.0
    assert found <= 8  # 2.5 % each for two comparisons that must both hold


def test_the_best_dose_is_told() -> None:
    claim = of_relation("inner_peak")
    told = effect(claim, over_levels(claim, [0, 1, 9, 1, 0]))
    assert (told.at, told.at_low, told.at_high) == (2.0, 1.0, 3.0)
    assert told.n == REPLICATES // 2


def test_the_threshold_is_told() -> None:
    claim = of_relation("threshold", level=5.0)
    means = zip(claim.arms, (0, 0, 6, 7, 8), strict=True)
    told = effect(claim, {arm.role: np.full(REPLICATES, float(mean)) for arm, mean in means})
    assert (told.at, told.at_low) == (2.0, 1.0)


def test_the_day_of_crossing_is_told() -> None:
    claim = of_relation("crossing")
    days = np.arange(DAYS, dtype=float)
    control = np.tile(np.full(DAYS, 10.0), (REPLICATES, 1))
    treatment = np.tile(days, (REPLICATES, 1))
    treatment[:6] = 0.0  # who never gets ahead
    told = effect(claim, {"control": control, "treatment": treatment})
    assert told.at == 12.0  # above 10 from the end of day 12 on
    assert told.never == 6
    turned = effect(claim, {"control": treatment, "treatment": control})
    assert turned.never == REPLICATES - 6
    assert math.isnan(turned.at)


# --- Money, labels -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("claim", [each for each in CLAIMS if each.money], ids=lambda claim: claim.id)
def test_who_spends_more_is_not_judged(claim: Claim) -> None:
    assert claim.money
    role, more = claim.arms[0].role, 1000.0 / (1.0 - claim.money.tolerance)
    found = {over: judgement(claim, rigged(claim), spends(claim, {role: over * more})) for over in (0.999, 1.001)}
    assert found[0.999].verdict is Verdict.SUPPORTED
    assert found[1.001].verdict is Verdict.UNFAIR


def test_where_money_is_not_the_point_spends_may_differ() -> None:
    claim = of_relation("sign")
    assert judgement(claim, rigged(claim), spends(claim, {"control": 1.0})).verdict is Verdict.SUPPORTED


def test_how_far_spends_are_apart() -> None:
    assert apart([90.0, 100.0, 95.0]) == pytest.approx(0.1)
    assert apart([0.0, 0.0]) == 0.0


@pytest.mark.parametrize(
    ("shipped", "neutral", "label"),
    [
        ("supported", "supported", Label.EMERGENT),
        ("supported", None, Label.EMERGENT),
        ("supported", "negligible", Label.ASSUMED),
        ("supported", "opposite", Label.ASSUMED),
        ("supported", "unresolved", Label.ASSUMED),
        ("supported", "unfair", Label.ASSUMED),
        ("opposite", "opposite", Label.EMERGENT),
        ("opposite", "supported", Label.ASSUMED),
        ("negligible", "supported", None),
        ("unresolved", "supported", None),
        ("unfair", "supported", None),
    ],
)
def test_labels(shipped: str, neutral: str | None, label: Label | None) -> None:
    def of(said: str) -> Judgement:
        return Judgement(Verdict(said), Effect(0.0, 0.0, 0.0, 9), (), 0.0)

    assert Judged(of_relation("sign"), of(shipped), of(neutral) if neutral else None).label is label


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1.0, 2.0, Verdict.SUPPORTED), (-2.0, -1.0, Verdict.OPPOSITE), (-0.9, 0.9, Verdict.NEGLIGIBLE),
        (0.9, 2.0, Verdict.UNRESOLVED), (-2.0, -0.9, Verdict.UNRESOLVED), (-2.0, 2.0, Verdict.UNRESOLVED),
        (0.2, 0.9, Verdict.NEGLIGIBLE), (math.nan, 2.0, Verdict.UNRESOLVED),
    ],
)  # fmt: skip
def test_the_whole_interval_decides(low: float, high: float, said: Verdict) -> None:
    assert verdict(Effect((low + high) / 2, low, high, 30), 1.0) is said


# --- The shipped claims ------------------------------------------------------------------------------------------


@every_claim
def test_a_claim_is_an_experiment(claim: Claim) -> None:
    roles = [arm.role for arm in claim.arms]
    assert roles == list(ROLES.get(claim.relation, [str(number) for number in range(len(claim.doses))]))
    plans = [arm.shipped.model_dump(exclude={"name", "title"}) for arm in claim.arms]
    assert all(plans.count(plan) == 1 for plan in plans), "two arms are one plan"
    assert len({(arm.shipped.run.seed, arm.shipped.run.days) for arm in claim.arms}) == 1
    assert all((arm.neutral is not None) == bool(claim.implied) for arm in claim.arms)
    assert all(arm.neutral != arm.shipped for arm in claim.arms), "what would imply it is at neutral already"


def test_money_is_equal_wherever_it_is_the_point() -> None:
    """In those without it a tone, a rule, a promise or a reward differs, or a number; something breaks or goes."""
    free = {"C01c", "C10", "C13b", "C18", "C19"}
    free |= {"C07a", "C07b", "C25a", "C35a", "C35b", "C36", "C50a", "C50b", "C50c"}
    assert {each.id for each in CLAIMS if each.money is None} == free


def test_all_relations_are_put() -> None:
    assert {each.relation for each in CLAIMS} == set(RELATIONS)
    assert len({each.family for each in CLAIMS}) >= 10
