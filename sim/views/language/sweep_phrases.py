"""The sentences with which pages about sweeps begin, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

#: Key → (English, Chinese).
PHRASES: Mapping[str, tuple[str, str]] = {
    # A plain sweep
    "said.range": (
        "Over {n} points, {metric} goes from {low} to {high} (means of {replicates} runs each).",
        "在{n}个设计点上，{metric}从{low}到{high}（各{replicates}次运行的均值）。",
    ),
    "said.one": ("{metric} is {mean} at the only point.", "唯一设计点的{metric}为{mean}。"),
    "said.best": ("The best point has {setting}.", "最好的设计点：{setting}。"),
    "said.most": (
        "{factor} moves it most: on average from {low} (at {a}) to {high} (at {b}).",
        "影响最大的是{factor}：平均从{low}（{a}）到{high}（{b}）。",
    ),
    "said.beyond": (
        "Beyond chance, {metric} depends on {names}.",
        "超出偶然范围，{metric}取决于{names}。",
    ),
    "said.nothing": (
        "None of the factors can be told from chance: more points or replicates may.",
        "没有哪个因素的影响能与偶然区分；增加设计点或重复次数或可区分。",
    ),
    "said.luck": (
        "Of the variance between single runs, {share} is luck{span}.",
        "单次运行之间的方差中，运气占{share}{span}。",
    ),
    "said.luck.all": (
        "Luck may be all that differs between single runs{span}; more replicates would tell.",
        "单次运行之间的差异可能全部来自运气{span}；增加重复次数可以分辨。",
    ),
    "said.luck.span": (" (95 % interval: {span})", "（95%区间：{span}）"),
    "said.luck.unknown": (
        "With one replicate a point, luck cannot be told from the factors.",
        "每个设计点仅1次重复，无法区分运气与因素。",
    ),
    "said.luck.none": (
        "The outcome is the same in all runs: there is neither luck nor effect to tell.",
        "各次运行结果相同：既无运气也无影响可言。",
    ),
    "said.failed": (
        "{n} runs failed and are left out: 'errors' tells why.",
        "{n}次运行失败，未计入；可用 errors 查看原因。",
    ),
    "lead.answer": ("Answer.", "结论。"),
    "lead.turning": ("Too much.", "过犹不及。"),
    "lead.luck": ("Luck.", "运气。"),
    "lead.best": ("Best point.", "最优点。"),
    "lead.failed": ("Failed runs.", "失败。"),
    "lead.next": ("Next.", "下一步。"),
    "lead.caution": ("Read with caution:", "请谨慎解读："),
    "said.caution": (
        "all this holds in this model, for this scenario and within the ranges tried; it proves no cause in the real "
        "world.",
        "以上仅适用于本模型、本场景与所试范围，不证明现实中的因果。",
    ),
    # Sensitivity
    "matters.sobol": (
        "For {metric}, {first} matters most: {share}{span} of the variance of the expected outcome involves it.",
        "对{metric}影响最大的是{first}：期望结果的方差中有{share}{span}与其有关。",
    ),
    "matters.morris": (
        "For {metric}, {first} matters most: crossing its range moves it by {size}{span} on average.",
        "对{metric}影响最大的是{first}：跨越其全部范围平均使结果变化{size}{span}。",
    ),
    "matters.pawn": (
        "For {metric}, {first} matters most: it alone explains {share} of the variance between points.",
        "对{metric}影响最大的是{first}：它单独解释设计点间方差的{share}。",
    ),
    "matters.delta": (
        "For {metric}, {first} matters most: knowing it shifts the distribution of the outcome by {size}, on a scale "
        "from 0 (not at all) to 1 (wholly){span}, and it alone explains {share} of the variance between points.",
        "对{metric}影响最大的是{first}：已知其取值可使结果分布移动{size}（0为毫无影响，1为完全不同）{span}，它单独解释设计点间方差的{share}。",
    ),
    "matters.tornado": (
        "For {metric}, {first} matters most: from one end of its range to the other it moves it by {size}.",
        "对{metric}影响最大的是{first}：从范围一端到另一端使其变化{size}。",
    ),
    "matters.then": ("Then come {names}.", "其后依次为{names}。"),
    "matters.not": ("No effect of {names} can be told.", "看不出{names}的影响。"),
    "matters.unsure": (
        "The intervals of the first two overlap, so their order is not certain.",
        "前两者的区间有重叠，次序并不确定。",
    ),
    "matters.nothing": (
        "No factor moves {metric} by an amount that can be told from chance.",
        "没有哪个因素对{metric}的影响能与偶然区分。",
    ),
    "matters.named": ("{factor} ({share})", "{factor}（{share}）"),
    "pairs.told": (
        "{first} and {second} work together: {share}{span} of the variance of the expected outcome comes from the two "
        "in combination, beyond what each does alone.",
        "{first}与{second}共同起作用：期望结果的方差中有{share}{span}来自两者的组合，超出各自单独的作用。",
    ),
    "pairs.also": ("So do {names}.", "另有{names}。"),
    "pairs.named": ("{first} with {second} ({share})", "{first}与{second}（{share}）"),
    "pairs.nothing": (
        "No two factors can be told to work together: nothing beyond what each does alone stands out from chance.",
        "看不出任何两个因素共同起作用：除各自单独的作用外，没有超出偶然的部分。",
    ),
    "pairs.unknown": (
        "With one replicate a point, working together cannot be told from luck.",
        "每个设计点仅1次重复，无法区分共同作用与运气。",
    ),
    "lead.pairs": ("Together.", "共同作用。"),
    "lead.names": ("Names.", "名称。"),
    "names.key": ("{factor} is {named}", "{factor}即 {named}"),
    "turning.peak": (
        "More {factor} helps up to about {at}{span} and hurts beyond.",
        "{factor}增加至约{at}{span}之前有益，超过则有害。",
    ),
    "turning.top": (
        "More {factor} raises {metric} up to about {at}{span} and lowers it beyond.",
        "{factor}增加至约{at}{span}之前使{metric}上升，其后使之下降。",
    ),
    "turning.rises": (
        "More {factor} raises {metric}; that it lowers it anywhere within {low} to {high} cannot be told.",
        "{factor}越多，{metric}越高；在{low}至{high}范围内看不出下降。",
    ),
    "turning.falls": (
        "More {factor} lowers {metric}; that it raises it anywhere within {low} to {high} cannot be told.",
        "{factor}越多，{metric}越低；在{low}至{high}范围内看不出上升。",
    ),
    "turning.undecided": (
        "Whether more {factor} raises or lowers {metric} within {low} to {high} cannot be told.",
        "在{low}至{high}范围内，无法判断{factor}增加使{metric}上升还是下降。",
    ),
    "turning.base": (
        "(One factor at a time, all others as in the plan.)",
        "（每次仅变动一个因素，其余保持方案取值。）",
    ),
    "interval": (" (95 % interval: {span})", "（95%区间：{span}）"),
    "screen.next": (
        "To look closer, keep the factors that matter and run: {command}",
        "进一步分析请只保留有影响的因素并运行：{command}",
    ),
    # Optimisation
    "best.beats": (
        "Better: on {n} fresh replicates the plan found has {metric} of {plan}, the start {start}: {difference} "
        "(95 % interval: {span}).",
        "更好：在{n}次全新重复上，找到的方案{metric}为{plan}，原方案为{start}，差异{difference}（95%区间：{span}）。",
    ),
    "best.trade": (
        "One for the other: on {n} fresh replicates the plan found has {metric} of {plan}, the start "
        "{start}: {difference} "
        "(95 % interval: {span}).",
        "有得有失：在{n}次全新重复上，找到的方案{metric}为{plan}，原方案为{start}，差异{difference}（95%区间：{span}）。",
    ),
    "best.not": (
        "Not shown to be better: on {n} fresh replicates the plan found has {metric} of {plan}, the start {start}: "
        "{difference} (95 % interval: {span}).",
        "未能证明更好：在{n}次全新重复上，找到的方案{metric}为{plan}，原方案为{start}，差异{difference}（95%区间：{span}）。",
    ),
    "best.also": (
        "Of {metric}: {plan} against {start}, {difference} (95 % interval: {span}).",
        "{metric}：{plan}对{start}，差异{difference}（95%区间：{span}）。",
    ),
    "best.broken": (
        "It breaks a constraint on fresh replicates: {constraints}.",
        "在全新重复上违反约束：{constraints}。",
    ),
    "best.kept": ("Constraints are kept: {constraints}.", "约束满足：{constraints}。"),
    "best.unsure": (
        "Kept on average, but not beyond doubt: {constraints}.",
        "平均满足但并非确定：{constraints}。",
    ),
    "best.start": (
        "Among {plans} plans tried in {runs} runs, none that is allowed did better than the start.",
        "在{runs}次运行、{plans}个方案中，没有可行方案优于原方案。",
    ),
    "best.none": (
        "Among {plans} plans tried in {runs} runs, none keeps all constraints.",
        "在{runs}次运行、{plans}个方案中，没有方案满足全部约束。",
    ),
    "best.changes": ("It changes {changes}.", "改动：{changes}。"),
    "best.change": ("{factor} from {a} to {b}", "{factor}由{a}改为{b}"),
    "best.back": ("Put back, since no effect could be told: {names}.", "因看不出效果而恢复原值：{names}。"),
    "best.front": (
        "Plans of the front that were verified: {n}, of which {proven} beat the start without being worse in "
        "anything. The "
        "one in the file is the best compromise among these.",
        "前沿上经验证的方案：{n}个，其中{proven}个优于原方案且各项均不更差。文件中的方案为其中的最佳折中。",
    ),
    "best.front.none": (
        "Plans of the front that were verified: {n}, of which none beats the start in one thing without being worse in "
        "another. The one in the file is a compromise; choose yours from the plot.",
        "前沿上经验证的方案：{n}个，没有一个能在某项上更好而其他各项不更差。文件中的方案为折中之选，可从图中自行选择。",
    ),
    "best.search": (
        "{plans} plans in {runs} runs of the search, {fresh} runs of proof.",
        "搜索{runs}次运行、{plans}个方案，验证{fresh}次运行。",
    ),
    "best.file": ("Found by: {command}", "由以下命令得出：{command}"),
    "lead.changes": ("Changes.", "改动。"),
    "lead.constraints": ("Constraints.", "约束。"),
    "lead.search": ("Search.", "搜索。"),
    "lead.front": ("Front.", "前沿。"),
    # Discovery
    "found.box": (
        "“{where}” is found above all where {limits}: there it holds at {density} of the points, against "
        "{base} of all, "
        "and {coverage} of all such points lie there.",
        "“{where}”主要出现在{limits}之处：该处{density}的设计点如此（全部设计点中为{base}），并包含全部此类设计点的{coverage}。",
    ),
    "found.none": (
        "“{where}” holds at {base} of the points, and no region can be told in which it is denser.",
        "“{where}”在{base}的设计点上成立，没有哪个区域明显更集中。",
    ),
    "found.more": (
        "{n} boxes together hold {coverage} of them.",
        "{n}个区域合计包含其中的{coverage}。",
    ),
    "found.limit": ("{factor} is {limit}", "{factor}{limit}"),
    "found.levels": ("one of {levels}", "为{levels}之一"),
    "found.points": (
        "A point counts when the condition holds in at least half of its runs.",
        "一个设计点至少半数运行满足条件才计入。",
    ),
}
