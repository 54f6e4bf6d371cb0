"""The texts of the page and the table of patterns, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.views.language.words import Words

#: Key → (English, Chinese).
TEXTS: Mapping[str, tuple[str, str]] = {
    "patterns": ("What the model shows of real communities", "模型再现了真实社群的哪些规律"),
    "patterns.line": (
        "{met} met, {missed} missed, {undecided} undecided, {cannot} cannot be put; {fits} of {all} may guide values.",
        "{met}项达到，{missed}项未达到，{undecided}项未定，{cannot}项无法表达；{all}项中{fits}项可用于选取参数值。",
    ),
    "patterns.how": ("How to read this", "如何阅读"),
    "patterns.how.verdict": ("Verdict", "结论"),
    "patterns.how.verdict.text": (
        "Met: the whole 95 % interval of the figure lies inside the target. Missed: it lies wholly outside. Undecided: "
        "it crosses an end, and more replicates may tell. Cannot be put: the model has no words for it yet.",
        "达到：数值的95%区间全部落在目标内。未达到：全部落在目标外。未定：区间跨越目标端点，更多重复或可分辨。"
        "无法表达：模型尚不能描述。",
    ),
    "patterns.how.plot": ("Plots", "图"),
    "patterns.how.plot.text": (
        "The green band is the target; the black bar with its point is the figure with its 95 % interval; dots are "
        "single replicates. A broad pale curve is what the source has, a thin dark one what the model shows.",
        "绿色区带为目标；黑色横条与圆点为数值及其95%区间；小点为单次重复。浅色粗线为文献所示，深色细线为模型所得。",
    ),
    "patterns.how.use": ("Use", "用途"),
    "patterns.how.use.text": (
        "Only patterns marked “may guide values” may be looked at when values of parameters are chosen. All others are "
        "left untouched, to test the finished model. The list was fixed beforehand.",
        "选取参数值时只可参考标有“可用于选取参数值”的规律；其余不作参考，留作检验。该划分事先已固定。",
    ),
    "group.gate": ("Gates: what the model must show first", "门槛：模型首先必须再现的"),
    "group.published": ("Patterns of the literature", "文献中的规律"),
    "group.range": ("Plausible ranges of the default plan", "默认方案的合理范围"),
    "group.gate.intro": (
        "Signs and sizes of behaviour without which no comparison of plans is worth hearing.",
        "若不具备这些行为的方向与大小，方案之间的比较便没有意义。",
    ),
    "group.published.intro": (
        "Exact limits first, then directions and bands that studies have measured.",
        "先是理论极限，再是研究测得的方向与区间。",
    ),
    "group.range.intro": (
        "Where real communities lie; an ordinary plan should look like one of them.",
        "真实社群所处的范围；普通方案应与之相仿。",
    ),
    "verdict.met": ("met", "达到"),
    "verdict.missed": ("missed", "未达到"),
    "verdict.undecided": ("undecided", "未定"),
    "verdict.cannot": ("cannot be put", "无法表达"),
    "use.fits": ("may guide values", "可用于选取参数值"),
    "use.untouched": ("untouched", "留作检验"),
    "mark.V": ("published", "已发表"),
    "mark.C": ("computed", "计算所得"),
    "mark.M": ("from memory, to be checked", "凭记忆，待核对"),
    "mark.D": ("design choice", "设计选择"),
    "target": ("target", "目标"),
    "target.between": ("{low} to {high}", "{low} 至 {high}"),
    "target.exactly": ("{low}", "{low}"),
    "target.least": ("at least {low}", "不低于{low}"),
    "target.most": ("at most {high}", "不高于{high}"),
    "target.more": ("more than {low}", "大于{low}"),
    "target.less": ("less than {high}", "小于{high}"),
    "found": ("Target {target}; found {found}.", "目标{target}；实得{found}。"),
    "found.table": ("found", "实得"),
    "found.mean": ("{mean} {interval}", "{mean} {interval}"),
    "found.note": ("Here: {note}.", "此处为：{note}。"),
    "source": ("Source: {source} ({mark}).", "出处：{source}（{mark}）。"),
    "source: the model's own discipline": ("the model's own discipline", "模型自身的要求"),
    "source: 2 to 8 % of those asked, K .2 to .8": (
        "2 to 8 % of those asked, K .2 to .8",
        "受邀者的2%至8%，即K为0.2至0.8",
    ),
    "source: geometric series": ("geometric series", "几何级数"),
    "source: travel forum; health forums": ("travel forum; health forums", "旅行论坛；健康论坛"),
    "source: travel forum; student community": ("travel forum; student community", "旅行论坛；学生社区"),
    "source: travel forum, half to double": ("travel forum, half to double", "旅行论坛，取一半至两倍"),
    "source: Mastodon wave 2022; student community": (
        "Mastodon wave 2022; student community",
        "Mastodon 2022年涌入潮；学生社区",
    ),
    "source: Bilibili, quoted": ("Bilibili, quoted", "哔哩哔哩，转引"),
    "source: 得到 prospectus 2020, half to double": (
        "得到 prospectus 2020, half to double",
        "得到招股书2020，取一半至两倍",
    ),
    "source: 得到 prospectus 2020": ("得到 prospectus 2020", "得到招股书2020"),
    "source: forums and chats, data/baselines": (
        "forums and chats, data/baselines",
        "多个论坛与聊天室，data/baselines",
    ),
    "source: friend networks, data/networks": ("friend networks, data/networks", "好友网络，data/networks"),
    "source: student community, half to 90 %": ("student community, half to 90 %", "学生社区，取一半至90%"),
    "source: ten invitations at 2 to 8 %": ("ten invitations at 2 to 8 %", "十次邀请、接受率2%至8%"),
    "source: 得到 2018–19, half to double": ("得到 2018–19, half to double", "得到2018–19，取一半至两倍"),
    "cannot": ("Why not: {why}", "原因：{why}"),
    "title": ("pattern", "规律"),
    "id": ("id", "编号"),
    "verdict": ("verdict", "结论"),
    "use": ("use", "用途"),
    "patterns.remake": ("How to make this again", "如何重现"),
    "patterns.replicates": ("{n} replicates", "{n}次重复"),
}


class PatternWords(Words):
    """The texts of patterns, then those of all pages."""

    tables: ClassVar[tuple[Mapping[str, tuple[str, str]], ...]] = (TEXTS, *Words.tables)
