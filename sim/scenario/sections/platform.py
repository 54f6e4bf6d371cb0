"""``carrier.platform``: what a platform of their own gives people."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Platform(Section, scope="person"):
    """What the second stage of the rocket, a platform or app, gives once it is ignited."""

    visit_lift: float = par(0.35, "logit", -5, 5, "ease of use: what it adds to the chance of a daily visit", "易用性：对每日到访的加成")
    relevance: float = par(
        0.4, "share", 0, 1, "share of noise that its data and search filter out", "数据与搜索过滤掉的噪声占比",
        "personalised moderation: Ren & Kraut 2014",
    )
    use_value: float = par(
        0.25, "experience", 0, 1, "use value a member draws when all friends are members", "好友全部加入时成员获得的使用价值",
        "direct network effects: Rohlfs 1974",
    )
    conformity: float = par(
        0.0, "logit", 0, 20, "pull to do as friends do: J·(2·share − 1) on a visit (0: none; visits as likely as not tip above 2)", "从众：好友在平台的占比 s 带来 J·(2s−1) 的到访倾向（0为无；到访机会各半时，超过2会出现两种稳定状态）",
        "social interactions with two equilibria: Brock & Durlauf 2001; strength by design, 0 to 5",
    )
    cost_per_member: float = par(0.1, "currency/month", 0, 1e5, "running cost per member", "每名成员每月成本", scope="plan")
