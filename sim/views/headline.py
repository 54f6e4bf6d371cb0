"""The headline results of a study as plain text, in two languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.lab.questions.comparison import Study
from sim.model import measures
from sim.scenario.explain import Language
from sim.views.columns import columns
from sim.views.language.numbers import MISSING, Numbers
from sim.views.language.words import Words
from sim.views.playbook import recovery

TEXTS = {
    "en": {
        "interval": "90 % interval",
        "difference": "difference",
        "of95": "95 % interval",
        "verdict": "verdict",
        "against": "{plan} against {first}, {n} replicates under the same luck",
        "run": "{plan}: {days} days, {n} replicates",
        "compare": "{days} days, {n} replicates: means",
    },
    "zh": {
        "interval": "90%区间",
        "difference": "差异",
        "of95": "95%区间",
        "verdict": "判断",
        "against": "{plan} 对比 {first}，相同运气下{n}次重复",
        "run": "{plan}：{days}天，{n}次重复",
        "compare": "{days}天，{n}次重复的均值",
    },
}


def headline(study: Study, lang: Language) -> str:
    """The headline metrics of a study; of a comparison also the differences with their verdicts.

    Intervals: of means 90 %, of differences and chances 95 %.
    """
    entries, currency = study.summary["scenarios"], study.manifest.scenarios[0]["run"]["currency"]
    numbers, words = Numbers(lang, currency), Words(lang)
    if len(entries) == 1:
        parts = [_single(study, entries[0], numbers, lang)]
    else:
        parts = [_means(study, numbers, lang)]
        parts += [_differences(study, entry, numbers, words) for entry in entries[1:]]
    parts += [recovery(study.summary, words, numbers), _goals(entries, numbers, words)]
    return "\n\n".join(part for part in parts if part)


def _title(entry: Mapping[str, Any], lang: Language) -> str:
    title = entry["title"].get(lang)
    return f"{entry['name']} ({title})" if title else str(entry["name"])


def _single(study: Study, entry: Mapping[str, Any], numbers: Numbers, lang: Language) -> str:
    text = TEXTS[lang]
    rows = [["", "", text["interval"]]]
    for metric in measures.headline():
        told = entry["metrics"][metric.name]
        interval = numbers.interval(told["low"], told["high"], metric.form)
        rows.append([metric.label(lang), numbers.text(told["mean"], metric.form), interval])
    title = text["run"].format(plan=_title(entry, lang), days=study.manifest.days, n=entry["replicates"])
    return "\n".join([title, *columns(rows, left=(0, 2))])


def _means(study: Study, numbers: Numbers, lang: Language) -> str:
    entries = study.summary["scenarios"]
    rows = [["", *(entry["name"] for entry in entries)]]
    for metric in measures.headline():
        means = [numbers.text(entry["metrics"][metric.name]["mean"], metric.form) for entry in entries]
        rows.append([metric.label(lang), *means])
    title = TEXTS[lang]["compare"].format(days=study.manifest.days, n=entries[0]["replicates"])
    return "\n".join([title, *columns(rows)])


def _differences(study: Study, entry: Mapping[str, Any], numbers: Numbers, words: Words) -> str:
    lang: Language = "zh" if words.lang == "zh" else "en"
    text = TEXTS[lang]
    told = {row["metric"]: row for row in study.summary["differences"] if row["scenario"] == entry["name"]}
    rows = [["", text["difference"], text["of95"], text["verdict"]]]
    for metric in measures.headline():
        row = told[metric.name]
        rows.append([
            metric.label(lang),
            numbers.text(row["mean"], metric.form, signed=True),
            numbers.interval(row["low"], row["high"], metric.form, signed=True),
            _verdict(row, metric, numbers, words),
        ])  # fmt: skip
    first = study.summary["scenarios"][0]
    title = text["against"].format(plan=_title(entry, lang), first=_title(first, lang), n=entry["replicates"])
    return "\n".join([title, *columns(rows, left=(0, 2, 3))])


def _verdict(row: Mapping[str, Any], metric: measures.Measure, numbers: Numbers, words: Words) -> str:
    """Better or worse, and in how many runs; more or less where neither is better."""
    verdict = row["verdict"]
    if row["mean"] is None:
        return MISSING
    if verdict not in {"higher", "lower"}:
        return words(f"verdict.{verdict}")
    up = verdict == "higher"
    if metric.better == 0:
        return words("verdict.more" if up else "verdict.less")
    better = up == (metric.better > 0)
    share = row["share_better"] if better else 1 - row["share_better"]
    return words("verdict.better" if better else "verdict.worse", share=numbers.text(share, "chance"))


def _goals(entries: Sequence[Mapping[str, Any]], numbers: Numbers, words: Words) -> str:
    rows = [
        [goal["goal"], entry["name"], numbers.text(goal["chance"], "chance"),
         numbers.interval(goal["low"], goal["high"], "chance")]
        for entry in entries for goal in entry["goals"]
    ]  # fmt: skip
    if not rows:
        return ""
    header = [words("goals.goal"), "", words("goals.chance"), ""]
    return "\n".join(columns([header, *rows], left=(0, 1, 3)))
