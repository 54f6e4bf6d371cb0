"""Sentences of the summary and the texts of tables, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

#: Key → (English, Chinese).
PHRASES: Mapping[str, tuple[str, str]] = {
    # The head
    "report.run": ("{title}", "{title}"),
    "report.compare": ("{n} plans compared", "{n}个方案对比"),
    "report.line": (
        "Simulated: {people} people over {days}, {replicates}, seed {seed}.",
        "模拟：{people}人，{days}，{replicates}，随机种子{seed}。",
    ),
    "report.line.no_seed": (
        "Simulated: {people} people over {days}, {replicates}.",
        "模拟：{people}人，{days}，{replicates}。",
    ),
    "the_plan": ("The plan", "该方案"),
    "days": ("{n} days", "{n}天"),
    "days.one": ("1 day", "1天"),
    "report.replicates": ("{n} replicates", "{n}次重复"),
    "report.replicate": ("1 replicate", "1次重复"),
    "report.contents": ("Contents", "目录"),
    "report.baseline": ("baseline", "基准"),
    "report.no_script": (
        "The plots need JavaScript; the tables and texts do not.",
        "图形需要启用 JavaScript，表格与文字不受影响。",
    ),
    "how": ("How to read this report", "如何阅读本报告"),
    "how.tie": ("Ties.", "关系。"),
    "how.tie.text": (
        "Everybody has no tie, a weak tie or a strong tie to the community. Turning none into weak and "
        "weak into strong is "
        "the aim.",
        "每个人与社群无关系、弱关系或强关系。社群营销的目标是使无关系变弱关系、弱关系变强关系。",
    ),
    "how.replicate": ("Replicates.", "重复。"),
    "how.replicate.text": (
        "Each replicate runs the same plan with other people and other luck; plans being compared share "
        "both, so that their "
        "difference comes from the plan.",
        "每次重复用另一批人、另一种运气运行同一方案；对比的方案共用人群与运气，因此差异来自方案本身。",
    ),
    "how.interval": ("Intervals.", "区间。"),
    "how.interval.text": (
        "[low, high] says how well a mean is known: more replicates make it narrower. Bands in plots say "
        "how far single runs "
        "lie apart: more replicates do not narrow them.",
        "[低, 高] 表示均值的可靠程度，重复越多越窄；图中的色带表示单次结果的分散程度，不会随重复变窄。",
    ),
    "how.changes": ("Changes of plan.", "计划变更。"),
    "how.changes.text": (
        "A dotted grey line in plots of days is the day on which a change began, a fainter one that on which it "
        "ended. Where days differ between replicates, ticks on the axis are the days on which it began in some.",
        "按天的图中，灰色点线为变更开始之日，较浅的点线为结束之日；若各次重复日期不同，横轴上的短线为其开始的日子。",
    ),
    # Changes of plan
    "entry.began": ("{title}: began", "{title}：开始"),
    "entry.ended": ("{title}: ended", "{title}：结束"),
    "entry.day": ("from day {day}", "第{day}天起"),
    "entry.when": ("when {when}", "当 {when}"),
    "entry.when_days": ("when {when} for {days} days", "当 {when} 连续{days}天"),
    "entry.rate": ("{rate} a year at random", "每年随机{rate}次"),
    "entry.for": (", for {days}", "，持续{days}"),
    "entry.sets": (": ", "："),
    "entry.then": ("; ", "；"),
    "recovery.never": (
        "“{title}” happened in none of {n} replicates, so nothing differs.",
        "“{title}”在{n}次重复中均未发生，因此没有差异。",
    ),
    "recovery.happened": (
        "“{title}” happened in {happened} of {n} replicates.",
        "“{title}”在{n}次重复中发生了{happened}次。",
    ),
    "recovery.never_apart": (
        "Active members never differed from the run without it by more than {within}.",
        "活跃成员数与没有它时的差异从未超过{within}。",
    ),
    "recovery.apart": (
        "In {apart} of them active members came to differ from the run without it by more than {within}, at most by "
        "{deepest} (median).",
        "其中{apart}次，活跃成员数与没有它时的差异超过{within}，最大差异的中位数为{deepest}。",
    ),
    "recovery.back": (
        "They were back, for {week} days on end, in {back} of {apart}: {days} days after it began "
        "(median; middle 80 %: {low} to {high}).",
        "{apart}次中有{back}次恢复（连续{week}天在该范围内）：开始后{days}天（中位数；中间80%：{low} 至 {high}）。",
    ),
    "recovery.not_back": (
        "By the end they were back, for {week} days on end, in {back} of {apart}.",
        "到期末，{apart}次中有{back}次恢复（连续{week}天在该范围内）。",
    ),
    "recovery.end": ("not by the end", "期末仍未恢复"),
    # The summary
    "summary.recovery": ("Recovery.", "恢复。"),
    "summary": ("Summary", "摘要"),
    "summary.ties": ("Strong ties.", "强关系。"),
    "summary.when": ("When.", "何时。"),
    "summary.money": ("Money.", "资金。"),
    "summary.why": ("Why.", "原因。"),
    "summary.goals": ("Goals.", "目标。"),
    "summary.members": ("Members.", "成员。"),
    "summary.energy": ("Energy.", "精力。"),
    "energy.dropped": (
        "{plan} drops {share} of its posts for want of a KOL's energy: plan fewer, or share them among more voices.",
        "{plan}因KOL精力不足，有{share}的计划内容未能发出：请少排一些，或分给更多人来发。",
    ),
    "summary.sure": ("How sure.", "把握。"),
    "sure.one": (
        "One replicate shows one possible course; how much of it is luck cannot be told. Run at least 5, better 20.",
        "仅1次重复，只是一种可能的结果，无法区分运气与方案作用。请至少运行5次，最好20次。",
    ),
    "sure.few": (
        "With only {n} replicates the intervals are wide and no verdict is given. Run at least 5, better 20.",
        "仅{n}次重复，区间很宽，不作结论。请至少运行5次，最好20次。",
    ),
    "sure.run": (
        "The mean number of strong ties lies within {span} (90 % interval); single runs, in nine cases "
        "of ten, within {spread}.",
        "强关系人数的均值在 {span} 之间（90%区间）；十次中有九次，单次结果在 {spread} 之间。",
    ),
    "ties.run": (
        "After {days}, {strong} of {people} people ({share}) have a strong tie and {weak} a weak one.",
        "{days}后，{people}人中有{strong}人（{share}）为强关系，{weak}人为弱关系。",
    ),
    "members.run": (
        "{members} are members; {active} of them came within the last 7 days.",
        "成员{members}人，其中近7天到访的占{active}。",
    ),
    "members.k": (
        "Each person who joined brought in {k} people within 90 days (K).",
        "每位加入者在90天内带来{k}人（K）。",
    ),
    "ties.higher": (
        "{plan} grows more strong ties than {first}: {value} against {base} on average after "
        "{days}, {size} more (95 % interval of the difference: {span}).",
        "{plan}比{first}建立了更多强关系：{days}后平均{value}对{base}，多{size}（差异的95%区间：{span}）。",
    ),
    "ties.lower": (
        "{plan} grows fewer strong ties than {first}: {value} against {base} on average after "
        "{days}, {size} fewer (95 % interval of the difference: {span}).",
        "{plan}建立的强关系少于{first}：{days}后平均{value}对{base}，少{size}（差异的95%区间：{span}）。",
    ),
    "ties.undecided": (
        "Undecided: which of {plan} and {first} grows more strong ties cannot be told from {n} "
        "replicates. On average it is "
        "{value} against {base}, but the 95 % interval of the difference ({span}) holds zero.",
        "未定：{n}次重复尚不能说明{plan}与{first}谁建立的强关系更多。平均为{valu"
        "e}对{base}，但差异的95%区间（{span}）包含零。",
    ),
    "ties.too_few": (
        "No verdict: {n} replicates are too few to compare {plan} with {first} (at least 5 are needed). "
        "The means so far are "
        "{value} against {base} strong ties.",
        "不作结论：{n}次重复不足以比较{plan}与{first}（至少需要5次）。目前强关系均值为{value}对{base}。",
    ),
    "ties.identical": (
        "{plan} and {first} end with exactly as many strong ties as each other in every replicate.",
        "{plan}与{first}在每次重复中的强关系人数完全相同。",
    ),
    "sure.clear": (
        "{better} did better in {share} of {n} replicates: in all or nearly all of them.",
        "{n}次重复中，{better}占优的比例为{share}：全部或几乎全部如此。",
    ),
    "sure.most": (
        "{better} did better in {share} of {n} replicates: in most runs, not in all.",
        "{n}次重复中，{better}占优的比例为{share}：多数如此，并非全部。",
    ),
    "sure.mean": (
        "{better} did better in {share} of {n} replicates: better on average, while a single run can go either way.",
        "{n}次重复中，{better}占优的比例为{share}：平均更好，但单次结果可能相反。",
    ),
    "when.never": (
        "In no replicate does {plan} come to stay ahead of {first} in {metric}.",
        "在任何一次重复中，{plan}的{metric}都未能持续领先{first}。",
    ),
    "when.undecided": (
        "{plan} ends ahead of {first} in {metric} in {share} of replicates.",
        "{plan}最终在{metric}上领先{first}的重复占{share}。",
    ),
    "when.seldom": (
        "{plan} ends ahead of {first} in {metric} in {share} of replicates, too few for a typical day of overtaking.",
        "{plan}最终在{metric}上领先{first}的重复占{share}，不足以给出典型的反超日。",
    ),
    "when.day": (
        "{plan} stays ahead of {first} in {metric} from day {day} on (median of the replicates{span}); this happens "
        "in {share} of them.",
        "{plan}的{metric}自第{day}天起持续领先{first}（各次重复的中位数{span}），这样的重复占{share}。",
    ),
    "when.span": (", 95 % interval: day {low} to {high}", "，95%区间：第{low}至{high}天"),
    "when.clear": (
        "From day {day} on the lead is clear: until the end the 95 % interval of the difference stays above zero.",
        "自第{day}天起领先已明确：此后差异的95%区间始终高于零。",
    ),
    "money.plan": (
        "{plan} spends {cost} and earns {revenue}: {profit}. At its lowest, {low} of cash is tied up; {payback}.",
        "{plan}支出{cost}，收入{revenue}：{profit}。最多需垫付{low}；{payback}。",
    ),
    "money.profit": ("a profit of {amount}", "利润{amount}"),
    "money.loss": ("a loss of {amount}", "亏损{amount}"),
    "money.none": ("No money flows in this study.", "本研究不涉及资金。"),
    "money.each": ("Each strong tie cost {each}.", "每个强关系的成本为{each}。"),
    "money.payback": (
        "the money is back on day {day} (median), in {share} of replicates",
        "第{day}天回本（中位数），回本的重复占{share}",
    ),
    "money.seldom": ("by the end the money is back in {share} of replicates", "期末前回本的重复占{share}"),
    "money.never": ("by the end the money is back in no replicate", "期末前无一回本"),
    "money.unknown": ("whether the money comes back was not recorded", "是否回本未记录"),
    "money.difference.told": (
        "In {metric}, {plan} is {size} {direction} than {first} (95 % interval of the difference: {span}).",
        "{metric}：{plan}比{first}{direction}{size}（差异的95%区间：{span}）。",
    ),
    "money.difference.undecided": (
        "In {metric}, no difference between {plan} and {first} can be told (95 % interval: {span}).",
        "{metric}：{plan}与{first}之间看不出差异（95%区间：{span}）。",
    ),
    "higher": ("higher", "高"),
    "lower": ("lower", "低"),
    "why.nothing": (
        "No difference between {plan} and {first} in {metric} can be told, so there is none to explain.",
        "{plan}与{first}在{metric}上看不出差异，因此无需解释来源。",
    ),
    "why.group": (
        "Of the difference between {plan} and {first} in {metric}, on average the largest share comes "
        "from “{name}”: "
        "{size} (95 % interval: {span}).",
        "{plan}与{first}在{metric}上的差异，平均而言最大部分来自“{name}”：{size}（95%区间：{span}）。",
    ),
    "why.group.unclear": (
        "No group of levers has a share of the difference in {metric} between {plan} and {first} that "
        "can be told from zero.",
        "{plan}与{first}在{metric}上的差异，没有哪组参数的贡献能与零区分。",
    ),
    "why.mechanism": (
        "Switching off “{name}” in both changes that difference most: with it on, {plan} minus {first} is "
        "{size} {direction} (95 % interval: {span}).",
        "在两者中同时关闭“{name}”影响最大：开启时{plan}减{first}之差{direction}{size}（95%区间：{span}）。",
    ),
    "why.mechanism.unclear": (
        "No single mechanism changes that difference by an amount that can be told from zero.",
        "没有哪个单一机制对差异的影响能与零区分。",
    ),
    "goal.run": (
        "“{goal}” is met in {chance} of replicates (95 % interval: {span}).",
        "“{goal}”达成的重复占{chance}（95%区间：{span}）。",
    ),
    # Headline and goals
    "headline": ("Headline numbers", "关键数字"),
    "headline.mean": ("mean", "均值"),
    "headline.value": ("value", "数值"),
    "headline.spread": ("middle 90 % of replicates", "重复的中间90%"),
    "headline.difference": ("{plan} − {first}", "{plan} − {first}"),
    "headline.worst": ("worst tenth", "最差十分之一"),
    "headline.caption": (
        "Brackets below a mean: 90 % interval of the mean. Differences are paired run by run, with 95 % "
        "intervals; ▲ more and "
        "▼ less stand only where the interval excludes zero; runs in which both do equally well count half.",
        "均值下的方括号为均值的90%区间。差异逐次配对，附95%区间；仅当区间不含零时标注▲（更高）"
        "或▼（更低）；持平的重复计一半。",
    ),
    "headline.caption.run": (
        "Brackets: 90 % interval of the mean. The worst tenth is the mean of the worst 10 % of replicates.",
        "方括号为均值的90%区间。“最差十分之一”为最差10%重复的均值。",
    ),
    "headline.caption.one": ("One replicate only: there are no intervals.", "仅1次重复，没有区间。"),
    "verdict.better": ("better in {share} of runs", "{share}的重复中更好"),
    "verdict.worse": ("worse in {share} of runs", "{share}的重复中更差"),
    "verdict.more": ("more", "更高"),
    "verdict.less": ("less", "更低"),
    "verdict.undecided": ("undecided", "未定"),
    "verdict.too_few": ("too few replicates", "重复太少"),
    "verdict.identical": ("identical", "完全相同"),
    "payback.cell": ("day {day}", "第{day}天"),
    "payback.never": ("not by the end", "期末未回本"),
    "payback.share": ("in {share} of replicates", "占{share}的重复"),
    "goals": ("Goals", "目标"),
    "goals.goal": ("goal", "目标"),
    "goals.chance": ("chance of success", "达成概率"),
    "goals.caption": (
        "Share of replicates in which the goal is met [95 % interval].",
        "达成目标的重复比例 [95%区间]。",
    ),
    "goals.by": ("{metric} {sign} {value} by day {day}", "到第{day}天，{metric} {sign} {value}"),
    "goals.end": ("{metric} {sign} {value} at the end", "期末 {metric} {sign} {value}"),
    # The end of the report
    "events": ("Events", "事件"),
    "event.ignition": ("ignition", "点火"),
    "event.crisis": ("crisis", "危机"),
    "event.activity": ("activity", "活动"),
    "event.group_opened": ("group opened", "开新群"),
    "event.group_split": ("group split", "拆群"),
    "event.activity_cancelled": ("activity cancelled", "活动取消"),
    "event.budget_reached": ("budget reached", "预算用尽"),
    "event.posts_end": ("posts end: no money", "内容停更：资金不足"),
    "event.ads_end": ("ads end: no money", "投放停止：资金不足"),
    "event.activities_end": ("activities end: no money", "活动停办：资金不足"),
    "event.rewards_end": ("rewards end: no money", "激励停止：资金不足"),
    "event.staff_leave": ("operators leave: no money", "运营者离开：资金不足"),
    "event.stage_unpaid": ("stage not lit: no money", "阶段未点火：资金不足"),
    "event.stage_out": ("stage goes out: no money", "阶段熄火：资金不足"),
    "event.groups_shut": ("groups shut: no money", "群关闭：资金不足"),
    "event.places_full": ("places full", "名额已满"),
    "event.product_fault": ("fault in a product", "产品出现缺陷"),
    "event.plan_changed": ("plan changed", "方案变更"),
    "events.kind": ("event", "事件"),
    "events.detail": ("detail", "说明"),
    "events.happened": ("in replicates", "出现的重复"),
    "events.times": ("times a replicate", "每次重复次数"),
    "events.first": ("first day (median)", "首次（中位数，天）"),
    "events.last": ("last day (median)", "末次（中位数，天）"),
    "events.caption": ("Like events taken together, the earliest first.", "同类事件合并，按首次出现排序。"),
    "events.caption.most": ("The earliest {shown} of {all} kinds of events.", "共{all}类事件，仅列最早的{shown}类。"),
    "events.fold": ("Show the events", "展开事件"),
    "remake": ("How to remake this", "如何重现"),
    "remake.intro": (
        "The same command with the same versions gives the same numbers; the digest tells whether it did.",
        "相同命令与版本给出相同数字，摘要值可用于核对。",
    ),
    "remake.item": ("item", "项目"),
    "remake.value": ("value", "值"),
    "remake.caption": ("From the manifest of the study.", "取自研究的 manifest。"),
    "glossary": ("Glossary", "术语"),
    "glossary.name": ("name", "名称"),
    "glossary.meaning": ("meaning", "含义"),
    "glossary.unit": ("unit", "单位"),
    "glossary.caption": ("The headline metrics of this report.", "本报告的关键指标。"),
    "glossary.columns": ("All columns of the daily series", "每日数据的全部列"),
    "glossary.columns.caption": ("Names as in series.parquet.", "名称与 series.parquet 一致。"),
}
