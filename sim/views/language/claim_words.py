"""The texts of the page and the table of claims, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.views.language.words import Words

#: Key → (English, Chinese).
TEXTS: Mapping[str, tuple[str, str]] = {
    "claims": ("What the model says of what strategists believe", "策略家的主张，模型怎么说"),
    "claims.line": (
        "{supported} supported, {opposite} opposite, {negligible} negligible, {unresolved} unresolved, "
        "{unfair} unfair; "
        "{emergent} verdicts emerge, {assumed} are assumed; {missing} claims have no experiment yet.",
        "支持{supported}项，相反{opposite}项，可忽略{negligible}项，未定{unresolved}项，不公平{unfair}项；"
        "其中涌现{emergent}项、预设{assumed}项；另有{missing}项主张尚无实验。",
    ),
    "claims.how": ("How to read this", "如何阅读"),
    "claims.how.verdict": ("Verdict", "结论"),
    "claims.how.verdict.text": (
        "Supported: the whole 95 % interval of the effect lies beyond the smallest effect that matters, on the claimed "
        "side. Opposite: beyond it on the other side. Negligible: inside it on both sides. Unresolved: none of these; "
        "more replicates may tell. Unfair: the arms did not spend the same, so the claim was not judged.",
        "支持：效果的95%区间全部落在主张一侧、且超出最小有意义效果。相反：全部落在另一侧之外。"
        "可忽略：全部落在正负最小有意义效果之内。"
        "未定：以上皆非，更多重复或可分辨。不公平：各臂实际花费不等，不作判断。",
    ),
    "claims.how.label": ("Emergent or assumed", "涌现还是预设"),
    "claims.how.label.text": (
        "Every claim names the parameters whose sign would imply it, and is run a second time with all "
        "of them at their "
        "neutral values. Emergent: the verdict stays. Assumed: it does not, so the model only says what was put in.",
        "每项主张都列出其正负足以蕴含该主张的参数，并将它们全部设为中性值再跑一遍。"
        "涌现：结论不变。预设：结论消失，说明模型只是复述了预先放入的东西。",
    ),
    "claims.how.plot": ("Plots", "图"),
    "claims.how.plot.text": (
        "Above 0 is what the claim says. The grey band is too small to matter. The filled point with "
        "its bar is the effect "
        "as shipped with its 95 % interval, the open one that at neutral values; dots are single replicates.",
        "大于0即符合主张。灰色区带内的效果小到无关紧要。实心点与横条为默认取值下的效果及95%区间，"
        "空心点为中性取值下；小点为单次重复。",
    ),
    "claims.all": ("All at a glance", "一览"),
    "claims.all.caption": (
        "Effects are turned so that above 0 is what the claim says; at neutral: with the parameters "
        "that would imply it at "
        "their neutral values.",
        "效果的方向均以符合主张为正；“中性取值下”指将足以蕴含主张的参数设为中性值。",
    ),
    "claims.each": ("Claim by claim", "逐项"),
    "claims.missing": ("Claims without an experiment", "尚无实验的主张"),
    "claims.missing.intro": (
        "What the model lacks today to put them as an experiment, not as a caricature.",
        "要把它们做成真正的实验而非漫画式的简化，模型目前还缺什么。",
    ),
    "claims.missing.caption": ("Mechanisms by the names of the design.", "机制名称与设计文档一致。"),
    "claims.remake": ("How to make this again", "如何重现"),
    "id": ("id", "编号"),
    "essay": ("essay", "文章"),
    "claim": ("claim", "主张"),
    "verdict": ("verdict", "结论"),
    "label": ("label", "标签"),
    "effect": ("effect", "效果"),
    "at_neutral": ("at neutral", "中性取值下"),
    "lacks": ("lacks", "所缺机制"),
    "lacks.nothing": ("the file alone", "仅缺实验文件"),
    "verdict.supported": ("supported", "支持"),
    "verdict.opposite": ("opposite", "相反"),
    "verdict.negligible": ("negligible", "可忽略"),
    "verdict.unresolved": ("unresolved", "未定"),
    "verdict.unfair": ("unfair", "不公平"),
    "label.assumed": ("assumed", "预设"),
    "label.emergent": ("emergent", "涌现"),
    "from": ("From essay {essays}.", "出自文章{essays}。"),
    "found": (
        "Effect as shipped: {effect}. Smallest that matters: {matters}. {n} replicates.",
        "默认取值下的效果：{effect}。最小有意义效果：{matters}。{n}次重复。",
    ),
    "neutral": (
        "At neutral values ({values}): {effect}, {verdict}.",
        "中性取值下（{values}）：{effect}，{verdict}。",
    ),
    "neutral.none": ("No parameter's sign implies it.", "没有参数的正负足以蕴含它。"),
    "list": (", ", "，"),
    "arm": ("{name}: {outcome}", "{name}：{outcome}"),
    "arms": ("{arms}.", "{arms}。"),
    "joined": ("; ", "；"),
    "money": (
        "Equal spend: {how} Spent {low} to {high}, {gap} apart ({tolerance} allowed).",
        "等额花费：{how}实际花费{low}至{high}，相差{gap}（允许{tolerance}）。",
    ),
    "money.none": ("Money is not the point: spends are not made equal.", "金钱不是此项的关键：未使花费相等。"),
    "limits": ("Not captured: {limits}", "未能涵盖：{limits}"),
    "measured": ("Measured: {what}.", "衡量：{what}。"),
    "measured.at": ("{measure} after {day} days", "第{day}天的{measure}"),
    "measured.mean": ("{measure}, mean of days {since} to {day}", "第{since}至{day}天的平均{measure}"),
    "measured.sum": ("{measure}, sum of days {since} to {day}", "第{since}至{day}天合计{measure}"),
    "relation.sign": ("Effect: treatment less control.", "效果：处理减对照。"),
    "relation.crossing": ("Effect: treatment less control on the last day.", "效果：最后一天处理减对照。"),
    "relation.interaction": (
        "Effect: what the first adds beside the second, less what it adds alone.",
        "效果：第一项在有第二项时的增量，减去单独时的增量。",
    ),
    "relation.monotone.up": (
        "Effect: highest level less lowest; no step may go back by what matters.",
        "效果：最高档减最低档；任一步不得有意义地回退。",
    ),
    "relation.monotone.down": (
        "Effect: lowest level less highest; no step may rise by what matters.",
        "效果：最低档减最高档；任一步不得有意义地回升。",
    ),
    "relation.inner_peak": (
        "Effect: how far the best level in between (chosen on every other replicate, tested on the "
        "rest) lies above the lowest "
        "and the highest, whichever is nearer.",
        "效果：居中最佳档（用一半重复选出、另一半检验）高出最低档与最高档的幅度，取较小者。",
    ),
    "relation.threshold": (
        "Effect: how far it lies below {level} at the lowest dose and above it at the highest, whichever is less.",
        "效果：最低档低于{level}、最高档高于{level}的幅度，取较小者。",
    ),
    "peak": (
        "Best level in between: {at} (tried beside it: {low} and {high}).",
        "居中最佳档：{at}（相邻试过{low}与{high}）。",
    ),
    "threshold.at": ("Exceeded from {at} on.", "自{at}起超过。"),
    "threshold.never": ("Not exceeded at any dose tried.", "所试各档均未超过。"),
    "crossing.start": (
        "Ahead for good from day {at} (median; {low} to {high}); never in {never} of {n}.",
        "自第{at}天起保持领先（中位数；{low}至{high}）；{n}次中{never}次始终未超越。",
    ),
    "crossing.never": (
        "Does not get ahead for good in {never} of {n} replicates.",
        "{n}次重复中{never}次未能持续领先。",
    ),
    "open": ("open", "不限"),
    "as_shipped": ("as shipped", "默认取值"),
    "curve.name": ("outcome", "结果"),
}


class ClaimWords(Words):
    """The texts of claims, then those of all pages."""

    tables: ClassVar[tuple[Mapping[str, tuple[str, str]], ...]] = (TEXTS, *Words.tables)
