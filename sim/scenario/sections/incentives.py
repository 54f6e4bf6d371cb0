"""``mechanism.incentives``: rewards, commissions, points and praise."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Incentives(Section, scope="person"):
    """Money, points and praise; all paid from the ledger."""

    inviter_reward: float = par(0.0, "currency", 0, 1e7, "paid to the inviter for each person who joins", "每成功邀请一人给邀请者的奖励")
    invitee_reward: float = par(0.0, "currency", 0, 1e7, "paid to the person who joins by invitation", "给被邀请者的奖励")
    commission: float = par(0.0, "share", 0, 1, "share of each sale paid to the buyer's inviter", "成交额付给邀请者的佣金比例")
    points_per_post: float = par(0.0, "points", 0, 1e6, "points for a message", "每条发言积分")
    point_value: float = par(0.01, "currency", 0, 1e4, "what a point costs when redeemed", "每积分兑换成本")
    praise: float = par(0.0, "share", 0, 1, "share of messages that are praised in public", "发言获公开表扬的比例")
    praise_gain: float = par(
        0.33, "multiple", -5, 5, "extra messages when every message is praised", "全部表扬时发言的增幅", "d = +.33: Deci, Koestner & Ryan 1999"
    )
    crowding: float = par(
        0.276, "share", 0, 1, "share of inner motivation crowded out once there is pay (0: none)", "有偿后被挤出的内在动机占比（0为无）",
        "d = −.40, −.36, −.28: Deci, Koestner & Ryan 1999",
    )
    pay_gain: float = par(2.5, "multiple", 0, 50, "extra effort that unlimited pay would bring", "报酬无限时额外的投入倍数", "Gneezy & Rustichini 2000")
    pay_half: float = par(15.0, "currency", 0.001, 1e6, "pay that brings half of it", "达到一半增幅所需报酬")
    pay_doubt: float = par(
        0.5, "logit", 0, 10, "doubt raised by an invitation that is known to be paid", "有偿邀请引起的怀疑"
    )
