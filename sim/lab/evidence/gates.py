"""Gates: what the model must show of people's behaviour before anything it says of plans is worth hearing."""

from __future__ import annotations

from sim.lab.evidence.pattern import Pattern, Text

GATES: tuple[Pattern, ...] = (
    Pattern(
        id="G01", group="gate", low=0.0, strict=True, source="Ren & Kraut 2011; de Matos & Rossi 2008", mark="V",
        title=Text("Closer ties go with satisfaction", "关系越近，越满意"),
        what=Text(
            "Correlation of tie and satisfaction 90 days after joining, over all who joined and have come since, "
            "whether or not they have left.",
            "加入90天时，所有加入后来过的人（含已退出者）的关系强度与满意度的相关系数。",
        ),
    ),
    Pattern(
        id="G02", group="gate", low=0.0, strict=True, source="Ren & Kraut 2011", mark="D",
        title=Text("Strong members are more satisfied than those without a tie", "强关系成员比无关系成员更满意"),
        what=Text(
            "Mean satisfaction of members with a strong tie less that of members without one, after a year.",
            "一年后，强关系成员与无关系成员的平均满意度之差。",
        ),
    ),
    Pattern(
        id="G03", group="gate", low=0.3, source="Anderson & Sullivan 1993", mark="D", fits=True,
        title=Text("Quality is felt", "质量能被感受到"),
        what=Text(
            "Satisfaction of active members with every quality at 1, less that with every quality at 0 "
            "(posts, activities, products).",
            "内容、活动、产品的质量全部为1与全部为0时，活跃成员平均满意度之差。",
        ),
    ),
    Pattern(
        id="G04", group="gate", low=2.0, source="East, Hammond & Wright 2007", mark="D", fits=True,
        title=Text("Good quality is told on", "做得好，才有口碑"),
        what=Text(
            "People brought in per person who joined (K) with all qualities at 0.9, relative to 0.3.",
            "质量全部为0.9时的K因子（人均带来的新人数）与全部为0.3时之比。",
        ),
    ),
    Pattern(
        id="G05", group="gate", low=0.0, strict=True, source="de Matos & Rossi 2008", mark="D",
        title=Text("Strong members bring more people", "强关系成员带来更多新人"),
        what=Text(
            "People brought in a month per member with a strong tie, less that per member without one.",
            "强关系成员与无关系成员每人每月带来的新人数之差。",
        ),
    ),
    Pattern(
        id="G06", group="gate", low=2.0, high=4.0, source="East, Hammond & Wright 2007", mark="V", fits=True,
        title=Text("Three good words to a bad one", "好话与坏话约三比一"),
        what=Text("Invitations sent for each warning, over the year.", "全年发出的邀请数与负面口碑数之比。"),
    ),
    Pattern(
        id="G07", group="gate", low=0.02, high=0.10, unit="share", mark="C", fits=True,
        source="2 to 8 % of those asked, K .2 to .8",
        title=Text("Few strangers accept", "陌生人很少加入"),
        what=Text(
            "People who join among those who notice the community through channels and posts; friends who are invited "
            "are apart.",
            "经渠道与公开内容注意到社群的人中加入的比例，不含受好友邀请者。",
        ),
    ),
    Pattern(
        id="G08", group="gate", high=0.10, unit="share", source="Jones, Ravid & Rafaeli 2004", mark="D", fits=True,
        title=Text("The default plan overloads nobody", "默认方案不让人信息过载"),
        what=Text(
            "Active members whose last visit brought more messages than they can take in, after a year.",
            "一年后，上次到访时消息超出承受能力的活跃成员比例。",
        ),
    ),
    Pattern(
        id="G09", group="gate", high=0.5, source="Jones et al. 2008", mark="D",
        title=Text("Posters saturate", "发言人数会饱和"),
        what=Text(
            "By how many per cent the people who write in a day grow when members of one large group grow by one per "
            "cent (elasticity between a market of 5,000 and one of 20,000).",
            "同一大群的成员数每增加1%，每日发言人数增加百分之几（市场由5,000人扩到20,000人时的弹性）。",
        ),
    ),
    Pattern(
        id="G10", group="gate", low=-0.1, high=0.1, unit="share", source="the model's own discipline", mark="D",
        title=Text("No cliff at a group's cap", "满群拆分不应断崖"),
        what=Text(
            "What changes most overnight when a full group opens another one, of: visitors' experience, satisfaction, "
            "messages a visitor writes, share overloaded. A week before and after; relative, share in points.",
            "满群开新群前后一周，变化最大的一项：到访者体验、满意度、人均发言、过载比例（前三项为相对变化，比例为百分点）。",
        ),
    ),
    Pattern(
        id="G11", group="gate", low=0.9, high=1.1, source="the model's own discipline", mark="D",
        title=Text("Size alone decides nothing", "规模本身不改变比例"),
        what=Text(
            "Share of the market that are members after half a year when people, seeds, budgets, hours, seats and "
            "thresholds are all four times as many, relative to once.",
            "人数、种子、预算、工时、名额与门槛都扩大到4倍后，半年时成员占市场的比例与原来之比。",
        ),
    ),
    Pattern(
        id="G12", group="gate", low=0.0, high=0.0, unit="share", source="the model's own discipline", mark="D",
        title=Text("Nobody buys before the rest is over", "复购间隔不被绕过"),
        what=Text(
            "Purchases of a product within its days of rest after the last purchase of the same product, among all "
            "repeated ones.",
            "同一产品的重复购买中，间隔未满规定天数者的比例。",
        ),
    ),
    Pattern(
        id="G13", group="gate", low=0.0, unit="people", source="the model's own discipline", mark="D",
        title=Text("Planned hours never do worse than none", "投入工时不会适得其反"),
        what=Text(
            "Strong ties after a year with the operators as planned, less those without any (hours at 0, or operators "
            "switched off, whichever does better).",
            "按计划投入运营工时与不投入（工时为0或关闭运营，取较好者）时，一年后强关系人数之差。",
        ),
    ),
    Pattern(
        id="G14", group="gate", low=0.10, high=0.25, unit="share", source="Gneezy & Rustichini 2000", mark="M",
        fits=True,
        title=Text("A cent of reward costs about a fifth", "一分钱奖励约损失五分之一"),
        what=Text(
            "Fall of K when an inviter is paid one cent for each person who joins.",
            "邀请者每带来一人得一分钱时，K因子下降的比例。",
        ),
    ),
    Pattern(
        id="G15", group="gate", low=1.0, high=1.0, unit="share", source="the model's own discipline", mark="D",
        title=Text("Dropped posts are told", "没发出的内容会如实告知"),
        what=Text(
            "Posts that a worn-out KOL planned and did not make and that the records tell, among all that were "
            "dropped (28 a week planned).",
            "KOL精力耗尽而未发出的内容中，记录里告知的比例（计划每周28篇）。",
        ),
    ),
    Pattern(
        id="G16", group="gate", low=1.0, source="the model's own discipline", mark="D",
        title=Text("The default activity is worth its money somewhere", "默认活动至少在某处值回成本"),
        what=Text(
            "Strong ties that the base plan's salon adds for its money, relative to what the rest of the plan adds "
            "for the same money: the best of four settings (as shipped, small market, small groups, high quality).",
            "基础方案的沙龙每花一元增加的强关系，与方案其余部分每花一元增加的强关系之比，取四种情形中最好的一种"
            "（原样、小市场、小群、高质量）。",
        ),
    ),
)  # fmt: skip
