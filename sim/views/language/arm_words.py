"""Texts about arms: treatments of part of the people, and three ways to say what they do."""

from __future__ import annotations

from collections.abc import Mapping

#: Key → (English, Chinese).
ARM_WORDS: Mapping[str, tuple[str, str]] = {
    "arms": ("Arms", "分组实验"),
    "arms.intro": (
        "Part of the people are treated differently. What that does is told in three ways, a person, on the last day; "
        "they need not agree.",
        "部分人受到不同对待。其效果以三种方式给出（人均、期末），三者未必一致。",
    ),
    "arms.estimate": ("Effects of {arm}", "{arm}的效果"),
    "arms.outcome": ("outcome, a person", "指标（人均）"),
    "arms.randomised": ("assigned − not assigned", "被分入组 − 未分入组"),
    "arms.members_only": ("the same, members only", "同上，仅看成员"),
    "arms.all_treated": ("everybody − nobody", "全员接受 − 无人接受"),
    "arms.caption": (
        "Differences with 95 % intervals, {by}; {n} replicates, at least {units} {unit} in each group.",
        "差异及95%区间，{by}；{n}次重复，每组至少{units}{unit}。",
    ),
    "arms.by.replicates": ("from replicate to replicate", "按各次重复计算"),
    "arms.by.units": ("from the units that were assigned", "按分配单位计算"),
    "arms.unit.person": ("persons", "人"),
    "arms.unit.circle": ("circles", "个圈子"),
    "arms.unit.tribe": ("tribes", "个圈层"),
    "arms.unit.choice": ("persons", "人"),
    "arms.read.randomised": ("Assigned − not assigned.", "被分入组 − 未分入组。"),
    "arms.read.randomised.text": (
        "Chance decided who was treated, so nobody chose it; but the untreated feel it too, through friends, groups "
        "and scarce hours, and that is missing here.",
        "由抽签决定谁接受，不存在自我选择；但未接受者也会经由好友、群和紧张的工时受到影响，这部分在此看不到。",
    ),
    "arms.read.choice.text": (
        "Nobody drew lots: these people were chosen for who they are, so the difference is also due to who they are.",
        "并非抽签决定，而是按特征选定，因此差异也来自这些人本身的不同。",
    ),
    "arms.read.members_only": ("Members only.", "仅看成员。"),
    "arms.read.members_only.text": (
        "What one sees when only members are counted: the treatment also changes who becomes and stays a member, so "
        "this is no effect.",
        "只统计成员时看到的差异：措施本身会改变谁加入、谁留下，因此这不是因果效果。",
    ),
    "arms.read.all_treated": ("Everybody − nobody.", "全员接受 − 无人接受。"),
    "arms.read.all_treated.text": (
        "The whole plan with everybody treated, less the same people under the same luck with nobody treated: what a "
        "decision to do it for all would change.",
        "全员接受的方案减去同一批人、同样运气下无人接受的方案：即决定全面推行后的变化。",
    ),
    "arms.read.all_treated.missing": (
        "Not run here: the command arms runs it.", "此处未运行；用 arms 命令可得。",
    ),
    "arms.figures": ("Each arm on the last day", "期末各组情况"),
    "arms.figures.caption": (
        "Means of the replicates; joined, left, purchases and revenue from the first day on.",
        "各次重复的均值；加入、退出、购买与收入自首日累计。",
    ),
    "arms.none": ("in no arm", "未分组"),
    "arms.name": ("arm", "组别"),
    **{f"arms.outcome.{name}": pair for name, pair in {
        "member": ("is a member", "是成员"),
        "active": ("came within 7 days", "7日内到访"),
        "tie": ("strength of the tie", "关系强度"),
        "strong": ("has a strong tie", "为强关系"),
        "purchases": ("purchases", "购买次数"),
        "spent": ("money spent", "消费金额"),
        "brought": ("people brought in", "带来人数"),
    }.items()},
    **{f"arms.figure.{name}": pair for name, pair in {
        "people": ("people", "人数"), "members": ("members", "成员"), "active": ("active", "活跃"),
        "weak": ("weak ties", "弱关系"), "strong": ("strong ties", "强关系"), "joined": ("joined", "加入"),
        "left": ("left", "退出"), "purchases": ("purchases", "购买"), "revenue": ("revenue", "收入"),
        "satisfaction_mean": ("satisfaction", "满意度"), "tie_strength_mean": ("members' tie", "成员关系强度"),
    }.items()},
    "summary.arms": ("Arms.", "分组实验。"),
    "arms.sentence": (
        "“{arm}” changes the share of people who are members by {randomised} between those who were assigned and "
        "those who were not, and by {all_treated} between everybody and nobody treated.",
        "“{arm}”对成员占比的作用：被分入组与未分入组相差{randomised}；全员接受与无人接受相差{all_treated}。",
    ),
}  # fmt: skip
