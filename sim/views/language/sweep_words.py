"""The texts of pages about sweeps, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from sim.views.language.sweep_phrases import PHRASES
from sim.views.language.words import Words

#: Key → (English, Chinese).
TEXTS: Mapping[str, tuple[str, str]] = {
    "on": ("on", "开"),
    "off": ("off", "关"),
    "factor": ("factor", "因素"),
    "aside": (" ({text})", "（{text}）"),
    "factor.plan": ("the whole plan", "整个方案"),
    "values": ("values", "取值"),
    "values.log": ("by ratio", "按比例"),
    # Units of factors, for axes
    "unit.currency": ("{currency}", "{currency}"),
    "unit.currency/month": ("{currency} a month", "{currency}/月"),
    "unit.currency/day": ("{currency} a day", "{currency}/天"),
    "unit.people": ("people", "人"),
    "unit.days": ("days", "天"),
    "unit.day": ("day", "第几天"),
    "unit.hours": ("hours", "小时"),
    "unit.hours/day": ("hours a day", "小时/天"),
    "unit.events/month": ("events a month", "场/月"),
    "unit.messages/day": ("messages a day", "条/天"),
    "unit.probability": ("chance, 0 to 1", "概率，0至1"),
    "unit.probability/day": ("chance a day, 0 to 1", "每日概率，0至1"),
    "point": ("point", "设计点"),
    "runs": ("runs", "运行数"),
    "sweep.line": (
        "{plan}: {points} points, {runs} runs of {people} people over {days}, seed {seed}.",
        "{plan}：{points}个设计点，{runs}次运行，{people}人，{days}，随机种子{seed}。",
    ),
    "sweep.factors.caption": (
        "What was varied; everything else is as in the scenario.",
        "变动的参数，其余与场景相同。",
    ),
    "sweep.remake.intro": (
        "The same command on the same folder goes on where it stopped, and makes no run twice.",
        "在同一文件夹上执行相同命令会继续未完成的部分，不会重复运行。",
    ),
    # Figures of any sweep
    "curves": ("{metric}: one factor at a time", "{metric}与各因素的关系"),
    "curves.average": ("mean, the other factors varied", "均值，其他因素同时变动"),
    "curves.alone": ("mean, the others as in the plan", "均值，其他因素保持方案取值"),
    "curves.caption": (
        "Lines are means over all points with about that value, the other factors as the sweep varied them; bands and "
        "whiskers are 90 % intervals of the means. All plots have one scale.",
        "线为取该值附近的所有设计点的均值，其他因素按设计变动；色带与误差线为均值的90%区间。各图刻度相同。",
    ),
    "curves.caption.both": (
        "Solid: means over all points with about that value, the other factors varied. Dashed: the other factors as in "
        "the plan. Bands and whiskers are 90 % intervals of the means. All plots have one scale.",
        "实线：取该值附近所有设计点的均值，其他因素同时变动；虚线：其他因素保持方案取值。色带与误差线为均值的90%区间。各图刻度相同。",
    ),
    "heat": ("{metric} over {first} and {second}", "{metric}：{first} × {second}"),
    "heat.best": (
        "Best on average at {first} = {a} and {second} = {b}: {mean}.",
        "平均最优：{first} = {a}，{second} = {b}，为{mean}。",
    ),
    "heat.caption": (
        "The darker, the more. Each cell is the mean of the points in it; where there is none it stays empty.",
        "颜色越深数值越高。每格为其中各设计点的均值，没有设计点的格留空。",
    ),
    "parallel": ("All points at once", "全部设计点"),
    "parallel.caption": (
        "Each line is a point: its factors, and what came out on the last axis; the darker, the more. Drag along an "
        "axis to keep the lines that cross it there, click it elsewhere to let all go, drag an axis by its name to "
        "move it. On a narrow screen the axes scroll sideways.",
        "每条线为一个设计点：各因素的取值与最后一轴上的结果，颜色越深数值越高。沿轴拖动可只保留经过该段的线，点击轴上其他位置取消，"
        "拖动轴名可移动该轴。窄屏上可左右滑动。",
    ),
    "parallel.no_webgl": (
        "This plot needs WebGL, which the browser does not offer; the table of all points has its numbers.",
        "此图需要 WebGL，当前浏览器不支持；其数值见全部设计点列表。",
    ),
    "parallel.some": ("Drawn: {shown} of {n} points, evenly.", "均匀选取{n}个设计点中的{shown}个绘制。"),
    "parallel.label": ("{n} points with outcomes from {low} to {high}", "{n}个设计点，结果从{low}到{high}"),
    "tornado": ("How far each factor alone moves {metric}", "各因素单独变动对{metric}的影响"),
    "tornado.axis": ("{metric}: difference from the plan", "{metric}：与原方案之差"),
    "tornado.low": ("at its lowest", "取最低值"),
    "tornado.high": ("at its highest", "取最高值"),
    "tornado.other": ("at another level", "取其他水平"),
    "tornado.caption": (
        "Difference from the plan when one factor goes to an end of its range and all others stay; replicates are "
        "compared pair by pair. Whiskers are 95 % intervals; faint bars cannot be told from zero.",
        "仅一个因素取其范围的一端、其余不变时与原方案之差，逐次配对。误差线为95%区间，浅色条无法与零区分。",
    ),
    "scores.chance": ("what chance alone would give", "仅由偶然所致的水平"),
    "luck": ("How much is luck", "运气占多少"),
    "luck.factors": ("due to the factors", "来自因素"),
    "luck.luck": ("luck", "运气"),
    "luck.caption": (
        "The variance between single runs in two parts; with {n} replicates a point the luck is told from the factors.",
        "单次运行之间的方差分为两部分；每个设计点重复{n}次，因此可区分运气与因素。",
    ),
    # The page of a plain sweep
    "sweep.title": ("Sweep: {plan}", "参数扫描：{plan}"),
    "answer": ("Answer", "结论"),
    "response": ("How the outcome responds", "结果如何随因素变化"),
    "extremes": ("Best and worst points", "最好与最差的设计点"),
    "extremes.best": ("Best", "最好"),
    "extremes.worst": ("Worst", "最差"),
    "extremes.caption": (
        "By the mean of {metric} over the runs of a point, with its 90 % interval. The best of many points was also "
        "lucky: run it again under another seed before you rely on it.",
        "按设计点各次运行的{metric}均值排序，附90%区间。众多设计点中的最优者也有运气成分：采用前请换种子重跑。",
    ),
    "all_points": ("All points", "全部设计点列表"),
    "all_points.fold": ("Show {shown} of {n} points", "展开{n}个设计点中的{shown}个"),
    "all_points.caption": (
        "Means over the runs of each point, in the order of the plan. 'export' writes all runs.",
        "各设计点运行的均值，按设计顺序。可用 export 导出全部运行。",
    ),
    # Sensitivity
    "sensitivity.title": ("What matters for {metric}: {plan}", "什么影响{metric}：{plan}"),
    "sensitivity.indices": ("Which factors matter", "哪些因素重要"),
    "sobol.title": ("Shares of the variance (Sobol)", "方差份额（Sobol 指数）"),
    "sobol.caption": (
        "Alone: the share of the variance of the expected outcome that would go if the factor were fixed. With "
        "interactions: the share that involves the factor at all. Whiskers are 95 % intervals.",
        "单独：固定该因素可消除的（期望结果）方差份额；含交互：与该因素有关的全部份额。误差线为95%区间。",
    ),
    "scores.cut": (
        "What reaches the edge goes on beyond it: its ends are among the numbers.",
        "触及图边者在图外延续，端点见下方数值。",
    ),
    "sobol.S1": ("alone", "单独"),
    "sobol.ST": ("with interactions", "含交互"),
    "morris.title": ("Elementary effects (Morris)", "基本效应（Morris）"),
    "morris.caption": (
        "How far the outcome moves when a factor crosses its whole range, in the unit of the outcome: the mean size of "
        "the effect, and how much it differs from place to place (interaction, curvature). Whiskers are 95 % "
        "intervals.",
        "因素跨越其全部范围时结果的变化（结果的单位）：效应的平均大小，以及各处之间的差异（交互或曲率）。误差线为95%区间。",
    ),
    "morris.mu_star": ("mean size of the effect", "效应平均大小"),
    "morris.sigma": ("spread of the effects", "效应的离散"),
    "pawn.title": ("Scores from all points (PAWN)", "全部设计点的评分（PAWN）"),
    "pawn.caption": (
        "Distance between the outcomes at one value of the factor and all outcomes, from 0 to 1, and the share of the "
        "variance between points that the factor explains alone. A score left of the tick is what chance gives.",
        "因素取某值时的结果分布与全部结果分布的距离（0至1），以及该因素单独解释的设计点间方差份额。低于刻线者与偶然无异。",
    ),
    "delta.title": ("Scores from all points (delta)", "全部设计点的评分（delta）"),
    "delta.caption": (
        "How far the whole distribution of the outcome shifts when the factor's value is known (Borgonovo's delta, "
        "from 0: not at all, to 1), and the share of the variance between points that the factor explains alone. "
        "Whiskers are 95 % intervals; a score left of the tick is what chance gives.",
        "已知该因素取值时结果的整个分布移动多少（Borgonovo 的 delta，0为毫无影响，最大为1），"
        "以及该因素单独解释的设计点间方差份额。误差线为95%区间；低于刻线者与偶然无异。",
    ),
    "delta.delta": ("shift of the distribution", "分布的移动"),
    "delta.S1": ("share of the variance", "方差份额"),
    "pairs": ("Which factors work together", "哪些因素共同起作用"),
    "pairs.title": (
        "Shares of the variance due to pairs (Sobol, second order)",
        "因素两两交互的方差份额（Sobol 二阶指数）",
    ),
    "pairs.caption": (
        "Each cell: the share of the variance of the expected outcome that two factors explain together, beyond what "
        "each explains alone. Brackets are 95 % intervals; faint cells cannot be told from chance. Errors can push a "
        "share below 0.",
        "每格：两个因素共同解释、且超出各自单独解释的（期望结果）方差份额。方括号为95%区间，"
        "浅色格无法与偶然区分。误差可使份额低于0。",
    ),
    "pairs.S2": ("share of the two together", "两者共同的份额"),
    "pairs.pair": ("two factors", "两个因素"),
    "pairs.span": ("[{low}, {high}]", "[{low}, {high}]"),
    "pairs.axis": ("number of the factor", "因素编号"),
    "pawn.pawn": ("distance of distributions", "分布距离"),
    "pawn.S1": ("share of the variance", "方差份额"),
    "scores.axis": ("score, 0 to 1", "评分，0至1"),
    "scores.share": ("share of the variance", "方差份额"),
    "scores.table": ("The numbers", "数值"),
    "scores.matters": ("beyond chance", "超出偶然"),
    "scores.p_value": ("p (adjusted)", "p值（已校正）"),
    "scores.trend": ("trend (−1 to 1)", "趋势（−1至1）"),
    "scores.caption": (
        "Brackets are 95 % intervals; p-values are adjusted for the number of factors.",
        "方括号为95%区间；p值已按因素个数校正。",
    ),
    "pairs.table": ("The numbers of the pairs", "两两交互的数值"),
    "pairs.table.caption": (
        "Brackets are 95 % intervals of single pairs; p-values are adjusted for the number of pairs, and decide.",
        "方括号为单个组合的95%区间；p值已按组合个数校正，并据此判断。",
    ),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "unknown": ("cannot be told", "无法判断"),
    # Optimisation
    "optimize.title": ("The best plan found: {plan}", "找到的最优方案：{plan}"),
    "optimize.levers": ("What it changes", "改变了什么"),
    "optimize.levers.caption": (
        "Levers that differ from the parent; all others stay. Levers whose change had no effect to be told "
        "were put back.",
        "与原方案不同的参数，其余不变。效果无法辨认的改动已恢复原值。",
    ),
    "optimize.start": ("the start", "原方案"),
    "optimize.best": ("the plan found", "找到的方案"),
    "optimize.back": ("Put back, without effect", "已恢复（无效果）"),
    "optimize.back.caption": (
        "The search had moved these too. Putting each back changed nothing that could be told, so they stay "
        "as they were.",
        "搜索也改动过这些参数；恢复后看不出差异，因此保留原值。",
    ),
    "optimize.proof": ("Proof on fresh seeds", "新种子上的验证"),
    "optimize.proof.caption": (
        "Both plans under {n} replicates that the search never used, compared pair by pair; brackets are 95 "
        "% intervals. "
        "This is what the answer rests on.",
        "两个方案在搜索从未用过的{n}次重复上逐次配对比较，方括号为95%区间。结论以此为准。",
    ),
    "optimize.more": ("more is wanted", "越多越好"),
    "optimize.less": ("less is wanted", "越少越好"),
    "optimize.objective": ("objective", "目标"),
    "optimize.constraint": ("constraint", "约束"),
    "optimize.difference": ("difference", "差异"),
    "optimize.kept": ("kept", "满足"),
    "optimize.surely": ("kept beyond doubt", "确定满足"),
    "optimize.broken": ("broken", "违反"),
    "optimize.search": ("The search", "搜索过程"),
    "optimize.history": ("{objective} in the order of trial", "按尝试顺序的{objective}"),
    "optimize.history.caption": (
        "Each dot is a plan, at the mean of its runs in the search; the line is the best allowed plan so "
        "far. Plans that "
        "break a constraint are grey. Scores of the search flatter the winner: see the proof.",
        "每点为一个方案在搜索中的均值；线为至今最优的可行方案；灰点违反约束。搜索得分会偏袒胜者，请以验证为准。",
    ),
    "optimize.allowed": ("allowed plans", "可行方案"),
    "optimize.refused": ("breaks a constraint", "违反约束"),
    "optimize.best_so_far": ("best so far", "至今最优"),
    "optimize.front": ("What can be had for what", "目标之间的取舍"),
    "optimize.front.caption": (
        "Each dot is a plan. On the front, no plan is better in everything; crosses are the plans verified on fresh "
        "seeds, with 95 % intervals.",
        "每点为一个方案。前沿上的方案没有一个被全面超越；叉号为在新种子上验证的方案，附95%区间。",
    ),
    "optimize.on_front": ("on the front", "前沿上"),
    "optimize.verified": ("verified", "已验证"),
    "optimize.tried": ("Plans tried, the best first", "尝试过的方案，最优在前"),
    "optimize.tried.fold": ("Show {shown} of {n} plans", "展开{n}个方案中的{shown}个"),
    "optimize.tried.caption": ("Means over the runs of the search.", "搜索中各次运行的均值。"),
    "optimize.worst": ("{metric}, worst tenth", "{metric}（最差十分之一）"),
    "optimize.chosen": ("the answer", "所选方案"),
    "optimize.tried_dot": ("plans tried", "尝试过的方案"),
    "optimize.trials": ("plans in the order of trial", "方案（按尝试顺序）"),
    "optimize.file": ("The scenario file", "场景文件"),
    # Discovery
    "discover.title": ("Where “{where}”: {plan}", "何处出现“{where}”：{plan}"),
    "discover.boxes": ("Boxes", "区域"),
    "discover.box": ("Box {n}", "区域{n}"),
    "discover.box.caption": (
        "Inside: {density} of the {points} points are cases (of all points: {base}). The box holds {coverage} of all "
        "cases. p: the chance of such a density if the limit did nothing.",
        "区域内{points}个设计点中{density}为目标情形（全部设计点中为{base}）；该区域包含全部目标情形的{coverage}。p：若该限制无作用而出现如此密度的概率。",
    ),
    "discover.limit": ("limit", "限制"),
    "discover.p": ("p", "p值"),
    "discover.plane": ("The box in its two sharpest limits", "区域在两个最显著限制上的位置"),
    "discover.plane.caption": (
        "Each dot is a point of the sweep; the frame is the first box. Dots inside that are no cases differ in factors "
        "not shown, or are exceptions.",
        "每点为一个设计点，方框为第一个区域。框内的非目标点或在未显示的因素上不同，或为例外。",
    ),
    "discover.case": ("cases", "目标情形"),
    "discover.other": ("others", "其他"),
    "discover.trade": ("Coverage against density", "覆盖率与密度"),
    "discover.trade.caption": (
        "Each step makes the box smaller: it holds fewer of all cases, but more of what it holds are cases. "
        "The cross is "
        "the step taken, before limits that may be there by chance were dropped.",
        "每一步缩小区域：包含的目标情形减少，但密度提高。叉号为所选步骤（去除可能出于偶然的限制之前）。",
    ),
    "discover.coverage": ("coverage: share of all cases inside", "覆盖率：落入区域的目标情形占全部的比例"),
    "discover.density": ("density: share of cases inside", "密度：区域内目标情形的比例"),
    "discover.chosen": ("the step taken", "所选步骤"),
    "discover.steps": ("steps of the search", "搜索步骤"),
    "discover.at_least": ("at least {low}", "不低于{low}"),
    "discover.at_most": ("at most {high}", "不高于{high}"),
    "discover.between": ("from {low} to {high}", "{low}至{high}"),
    "how.sweep": ("How to read this page", "如何阅读本页"),
}


class SweepWords(Words):
    """The texts of pages about sweeps and, after them, those of the report."""

    tables = (TEXTS, PHRASES, *Words.tables)
