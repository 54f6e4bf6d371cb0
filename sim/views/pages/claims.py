"""The page and the table of claims: of each the verdict, the effect, what was compared, and what is not captured."""

from __future__ import annotations

import math
from typing import Literal

from sim.lab.claims.definition import Claim
from sim.lab.claims.judge import Judged, Judgement, Label, Verdict
from sim.lab.claims.missing import Missing, missing
from sim.lab.claims.relations import Effect
from sim.lab.questions.claims import ClaimsAnswer
from sim.views.blocks import Cell, Code, Entry, Points, Section, Table
from sim.views.columns import columns
from sim.views.figures.claims import panels
from sim.views.language.claim_words import ClaimWords
from sim.views.language.numbers import MISSING, Numbers
from sim.views.pages import template

#: The currency of the shipped plans, in which the experiments run.
CURRENCY = "RMB"
_TONES: dict[Verdict, Literal["", "better", "worse"]] = {Verdict.SUPPORTED: "better", Verdict.OPPOSITE: "worse"}


def summary(answer: ClaimsAnswer, lang: str) -> list[tuple[str, list[str]]]:
    """The counts in a sentence."""
    words = ClaimWords(lang)
    return [(words("claims"), [_counts(answer, words)])]


def table(answer: ClaimsAnswer, lang: str) -> list[str]:
    """A line a claim in aligned columns, then the counts."""
    words = ClaimWords(lang)
    head = [words(key) for key in ("id", "verdict", "label", "effect", "at_neutral", "claim")]
    rows = [[each.claim.id, *_row(each, words), each.claim.title.in_(lang)] for each in answer.judged]
    return [*columns([head, *rows], left=(0, 1, 2, 5)), "", _counts(answer, words)]


def missing_table(lang: str) -> list[str]:
    """A line a claim that has no file."""
    words = ClaimWords(lang)
    head = [words(key) for key in ("id", "essay", "lacks", "claim")]
    rows = [[each.id, " ".join(each.essays), _lacks(each, words), each.text.in_(lang)] for each in missing()]
    return columns([head, *rows], left=(0, 1, 2, 3))


def render(answer: ClaimsAnswer, lang: str) -> str:
    """The page as HTML; the same answer gives the same text."""
    words = ClaimWords(lang)
    entries = [_entry(each, words) for each in answer.judged]
    sections: list[Section | None] = [
        _reading(words),
        Section("all", words("claims.all"), [_overview(answer, words)]),
        Section("each", words("claims.each"), entries),
        _missing(answer, words),
        Section("remake", words("claims.remake"), [Code(answer.remake)]) if answer.remake else None,
    ]
    return template.filled(words, words("claims"), _counts(answer, words), sections)


def _reading(words: ClaimWords) -> Section:
    points = [(words(f"claims.how.{key}"), [words(f"claims.how.{key}.text")]) for key in ("verdict", "label", "plot")]
    return Section("how", words("claims.how"), [Points(points)])


def _overview(answer: ClaimsAnswer, words: ClaimWords) -> Table:
    head = [words(key) for key in ("claim", "verdict", "label", "effect", "at_neutral")]
    rows = []
    for each in answer.judged:
        said, label, _, _ = _row(each, words)
        verdict = Cell(said, tone=_TONES.get(each.shipped.verdict, ""), number=False)
        effects = [_effect_cell(found, each.claim, words) for found in (each.shipped, each.neutral)]
        rows.append(
            [Cell(f"{each.claim.id} {each.claim.title.in_(words.lang)}"), verdict, Cell(label, number=False), *effects]
        )
    return Table(head, rows, words("claims.all.caption"))


def _effect_cell(found: Judgement | None, claim: Claim, words: ClaimWords) -> Cell:
    """An effect with its interval below it."""
    if found is None:
        return Cell(MISSING)
    effect, kind = found.effect, claim.outcome.what.form
    interval = Numbers(words.lang, CURRENCY).interval(effect.low, effect.high, kind, signed=True)
    return Cell(_number(effect.mean, claim, words, signed=True), interval)


def _missing(answer: ClaimsAnswer, words: ClaimWords) -> Section | None:
    if not answer.missing:
        return None
    head = [words(key) for key in ("id", "essay", "claim", "lacks")]
    rows = [
        [Cell(each.id), Cell(" ".join(each.essays), number=False), Cell(each.text.in_(words.lang), number=False),
         Cell(_lacks(each, words), number=False)]
        for each in answer.missing
    ]  # fmt: skip
    made = Table(head, rows, words("claims.missing.caption"))
    return Section("missing", words("claims.missing"), [made], words("claims.missing.intro"))


def _lacks(each: Missing, words: ClaimWords) -> str:
    return words("list").join(name.in_(words.lang) for name in each.lacks) or words("lacks.nothing")


def _row(each: Judged, words: ClaimWords) -> tuple[str, str, str, str]:
    """Verdict, label, effect, and effect at neutral."""
    label = words(f"label.{each.label}") if each.label else MISSING
    neutral = _effect(each.neutral.effect, each.claim, words) if each.neutral else MISSING
    return words(f"verdict.{each.shipped.verdict}"), label, _effect(each.shipped.effect, each.claim, words), neutral


def _entry(each: Judged, words: ClaimWords) -> Entry:
    claim, lang = each.claim, words.lang
    labels = [(words(f"verdict.{each.shipped.verdict}"), _TONES.get(each.shipped.verdict, ""))]
    labels += [(words(f"label.{each.label}"), "")] if each.label else []
    lines = [
        claim.text.in_(lang), _found(each, words), _neutral(each, words), _measured(claim, words), _arms(each, words),
        _money(each, words), words("limits", limits=claim.limits.in_(lang)),
        words("from", essays=words("list").join(claim.essays)),
    ]  # fmt: skip
    title = f"{claim.id} {claim.title.in_(lang)}"
    said = f"{title} {words(f'verdict.{each.shipped.verdict}')}"
    return Entry(claim.id, title, labels, lines, panels(each, said, words))


def _found(each: Judged, words: ClaimWords) -> str:
    claim, found = each.claim, each.shipped.effect
    matters = _number(claim.matters, claim, words, signed=claim.outcome.what.form == "share")
    effect = _effect(found, claim, words)
    return " ".join(filter(None, (
        words("found", effect=effect, matters=matters, n=claim.replicates), _where(each.shipped, claim, words),
    )))  # fmt: skip


def _where(found: Judgement, claim: Claim, words: ClaimWords) -> str:
    """The best dose, the threshold, or the day of crossing."""
    effect = found.effect
    at, low, high = (words("open") if math.isnan(each) else f"{each:g}" for each in
                     (effect.at, effect.at_low, effect.at_high))  # fmt: skip
    if claim.relation == "inner_peak":
        return words("peak", at=at, low=low, high=high)
    if claim.relation == "threshold":
        return words("threshold.never") if math.isnan(effect.at) else words("threshold.at", at=at)
    if claim.relation == "crossing":
        key = "crossing.never" if math.isnan(effect.at) else "crossing.start"
        return words(key, at=at, low=low, high=high, never=effect.never or 0, n=effect.n)
    return ""


def _neutral(each: Judged, words: ClaimWords) -> str:
    if each.neutral is None:
        return words("neutral.none")
    values = words("list").join(f"{key} = {_plain(value)}" for key, value in each.claim.implied.items())
    effect = _effect(each.neutral.effect, each.claim, words)
    return words("neutral", values=values, effect=effect, verdict=words(f"verdict.{each.neutral.verdict}"))


def _plain(value: float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


def _measured(claim: Claim, words: ClaimWords) -> str:
    outcome = claim.outcome
    what = words(f"measured.{outcome.read}", measure=outcome.what.label(words.lang), day=outcome.day,
                 since=outcome.since)  # fmt: skip
    way = f".{'up' if claim.direction > 0 else 'down'}" if claim.relation == "monotone" else ""
    relation = words(f"relation.{claim.relation}{way}", level=f"{claim.level:g}")
    return f"{words('measured', what=what)} {relation}"


def _arms(each: Judged, words: ClaimWords) -> str:
    """The outcome under every arm."""
    claim, told = each.claim, []
    for arm, found in zip(claim.arms, each.shipped.arms, strict=True):
        name = f"{arm.at:g}" if arm.at is not None else arm.name.in_(words.lang)
        told.append(words("arm", name=name, outcome=_number(found.mean, claim, words)))
    axis = f"{claim.axis.in_(words.lang)} — " if claim.axis else ""
    return axis + words("arms", arms=words("joined").join(told))


def _money(each: Judged, words: ClaimWords) -> str:
    money, spends = each.claim.money, [arm.spent for arm in each.shipped.arms]
    if money is None:
        return words("money.none")
    numbers = Numbers(words.lang, CURRENCY)
    low, high = (numbers.text(end, "money") for end in (min(spends), max(spends)))
    gap, tolerance = (numbers.text(share, "share") for share in (each.shipped.gap, money.tolerance))
    how = money.how.in_(words.lang) + (" " if words.lang == "en" else "")
    return words("money", how=how, low=low, high=high, gap=gap,
                 tolerance=tolerance)  # fmt: skip


def _effect(effect: Effect, claim: Claim, words: ClaimWords) -> str:
    """The effect with its interval."""
    if math.isnan(effect.mean):
        return MISSING
    numbers, kind = Numbers(words.lang, CURRENCY), claim.outcome.what.form
    mean = _number(effect.mean, claim, words, signed=True)
    return f"{mean} {numbers.interval(effect.low, effect.high, kind, signed=True)}".strip()


def _number(value: float, claim: Claim, words: ClaimWords, *, signed: bool = False) -> str:
    if claim.outcome.what.form == "ratio" and not signed:
        return f"{value:.3f}"
    text = Numbers(words.lang, CURRENCY).text(value, claim.outcome.what.form, signed=signed)
    people = claim.outcome.what.form == "people" and not signed
    return text + ("\u00a0people" if words.lang == "en" else "人") if people else text


def _counts(answer: ClaimsAnswer, words: ClaimWords) -> str:
    counts = {verdict.value: answer.count(verdict) for verdict in Verdict}
    labels = {label.value: answer.labelled(label) for label in Label}
    return words("claims.line", **counts, **labels, missing=len(answer.missing))
