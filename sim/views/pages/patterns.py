"""The page and the table of patterns: of each one the target, what was found, the verdict, and a small plot."""

from __future__ import annotations

import math

from sim.lab.evidence.judge import Judged, Verdict
from sim.lab.evidence.pattern import GROUPS, Group, Pattern
from sim.lab.questions.patterns import PatternsAnswer
from sim.views.blocks import Code, Entry, Points, Section
from sim.views.columns import columns
from sim.views.figures.patterns import panels
from sim.views.language.numbers import MISSING, Numbers
from sim.views.language.pattern_words import PatternWords
from sim.views.pages import template

#: The currency of the shipped plans, in which the trials run.
CURRENCY = "RMB"
_TONES = {Verdict.MET: "better", Verdict.MISSED: "worse"}


def summary(answer: PatternsAnswer, lang: str) -> list[tuple[str, list[str]]]:
    """The counts in a sentence."""
    words = PatternWords(lang)
    return [(words("patterns"), [_counts(answer, words)])]


def table(answer: PatternsAnswer, lang: str) -> list[str]:
    """A line a pattern in aligned columns, then the counts."""
    words, numbers = PatternWords(lang), Numbers(lang, CURRENCY)
    head = [words(key) for key in ("id", "title", "target", "found.table", "verdict", "use")]
    rows = [
        [
            each.pattern.id, each.pattern.title.in_(lang), _target(each.pattern, words, numbers),
            _found(each, words, numbers), words(f"verdict.{each.verdict}"), _use(each.pattern, words),
        ]
        for each in answer.judged
    ]  # fmt: skip
    return [*columns([head, *rows], left=(0, 1, 4, 5)), "", _counts(answer, words)]


def render(answer: PatternsAnswer, lang: str) -> str:
    """The page as HTML; the same answer gives the same text."""
    words = PatternWords(lang)
    sections: list[Section | None] = [_reading(words)]
    sections += [_group(answer, group, words) for group in GROUPS]
    if answer.remake:
        sections.append(Section("remake", words("patterns.remake"), [Code(answer.remake)]))
    return template.filled(words, words("patterns"), _counts(answer, words), sections)


def _reading(words: PatternWords) -> Section:
    points = [
        (words(f"patterns.how.{key}"), [words(f"patterns.how.{key}.text")]) for key in ("verdict", "plot", "use")
    ]  # fmt: skip
    return Section("how", words("patterns.how"), [Points(points)])


def _group(answer: PatternsAnswer, group: Group, words: PatternWords) -> Section | None:
    """The patterns of a group; None where none of them was asked about."""
    numbers = Numbers(words.lang, CURRENCY)
    blocks = [_entry(each, words, numbers) for each in answer.judged if each.pattern.group == group]
    return Section(group, words(f"group.{group}"), blocks, words(f"group.{group}.intro")) if blocks else None


def _entry(each: Judged, words: PatternWords, numbers: Numbers) -> Entry:
    pattern, lang = each.pattern, words.lang
    labels = [(words(f"verdict.{each.verdict}"), _TONES.get(each.verdict, "")), (_use(pattern, words), "")]
    lines = [pattern.what.in_(lang)]
    if pattern.cannot is not None:
        lines.append(words("cannot", why=pattern.cannot.in_(lang)))
    if each.finding is not None:
        found = words("found", target=_target(pattern, words, numbers), found=_found(each, words, numbers))
        note = words("found.note", note=each.finding.note.in_(lang)) if each.finding.note else ""
        lines.insert(0, f"{found} {note}".strip())
    source = words.known(f"source: {pattern.source}", pattern.source)
    lines.append(words("source", source=source, mark=words(f"mark.{pattern.mark}")))
    label = f"{pattern.title.in_(lang)}: {words(f'verdict.{each.verdict}')}"
    return Entry(pattern.id, f"{pattern.id} {pattern.title.in_(lang)}", labels, lines, panels(each, label, lang))


def _use(pattern: Pattern, words: PatternWords) -> str:
    return words("use.fits" if pattern.fits else "use.untouched")


def _target(pattern: Pattern, words: PatternWords, numbers: Numbers) -> str:
    """The target in words."""
    low, high = (_number(end, pattern, numbers) for end in (pattern.low, pattern.high))
    if pattern.low is None and pattern.high is None:
        return MISSING
    if pattern.low is None:
        return words("target.less" if pattern.strict else "target.most", high=high)
    if pattern.high is None:
        return words("target.more" if pattern.strict else "target.least", low=low)
    return words("target.exactly" if low == high else "target.between", low=low, high=high)


def _found(each: Judged, words: PatternWords, numbers: Numbers) -> str:
    """The figure with its interval."""
    found = each.finding
    if found is None or math.isnan(found.mean):
        return MISSING
    kind, signed = _kind(each.pattern)
    if kind == "ratio":
        interval = "" if math.isnan(found.low) else f"[{_short(found.low)}, {_short(found.high)}]"
    else:
        interval = numbers.interval(found.low, found.high, kind, signed=signed)
    return words("found.mean", mean=_number(found.mean, each.pattern, numbers), interval=interval).strip()


def _number(value: float | None, pattern: Pattern, numbers: Numbers) -> str:
    kind, signed = _kind(pattern)
    if kind == "ratio" and value is not None:
        return _short(value)
    return numbers.text(value, kind, signed=signed)


def _short(value: float) -> str:
    """A ratio with as many decimals as its target may have, three; one more where it is small."""
    text = f"{value:,.{3 if abs(value) >= 0.1 else 4}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def _kind(pattern: Pattern) -> tuple[str, bool]:
    return ("share", True) if pattern.unit == "points" else (pattern.unit, False)


def _counts(answer: PatternsAnswer, words: PatternWords) -> str:
    counts = {verdict.value: answer.count(verdict) for verdict in Verdict}
    fits = sum(each.pattern.fits for each in answer.judged)
    return words("patterns.line", **counts, fits=fits, all=len(answer.judged))
