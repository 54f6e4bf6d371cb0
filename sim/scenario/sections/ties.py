"""``mechanism.ties``: how ties grow, fade and become weak or strong."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.parameter import Section, par


class Ties(Section, scope="person"):
    """Tie strength (0 to 1) to the firm, to each KOL and among members, kept apart; tiers with hysteresis."""

    half_life: float = par(
        70.0, "days", 0.5, 1e6, "days in which a tie left alone halves", "无互动时关系减半的天数", "s ← s/1.01 a day: Cottica, Melançon & Renoust 2017"
    )
    firm_gain: float = par(0.02, "strength", 0, 1, "growth of the tie to the firm by a day of perfect content", "满分内容一天对品牌关系的增长")
    kol_gain: float = par(0.035, "strength", 0, 1, "growth of the tie to a KOL by a day of perfect content", "满分内容一天对 KOL 关系的增长")
    member_gain: float = par(
        0.02, "strength", 0, 1, "growth of ties among members by a visit to a lively group or with all friends inside", "群内热闹或好友皆在时一次到访对成员间关系的增长"
    )
    shortfall: float = par(0.08, "share", 0, 1, "share of the tie to the firm lost by a complete disappointment", "彻底失望时品牌关系的损失占比")
    firm_weight: float = par(1.0, "weight", 0, 1, "how far a tie to the firm counts", "品牌关系的计入权重")
    kol_weight: float = par(1.0, "weight", 0, 1, "how far a tie to a KOL counts", "KOL 关系的计入权重")
    member_weight: float = par(1.0, "weight", 0, 1, "how far ties among members count", "成员间关系的计入权重")
    weak_enter: float = par(0.15, "strength", 0, 1, "strength at which none becomes weak", "无→弱的进入阈值", "no source fixes thresholds; vary it")
    weak_exit: float = par(0.10, "strength", 0, 1, "strength below which weak becomes none", "弱→无的退出阈值", "no source fixes thresholds; vary it")
    strong_enter: float = par(0.60, "strength", 0, 1, "strength at which weak becomes strong", "弱→强的进入阈值", "no source fixes thresholds; vary it")
    strong_exit: float = par(0.50, "strength", 0, 1, "strength below which strong becomes weak", "强→弱的退出阈值", "no source fixes thresholds; vary it")

    def contradictions(self, key: str) -> Iterator[str]:
        """Tiers have hysteresis: one is left below where it is entered, and strong lies above weak."""
        if self.weak_exit > self.weak_enter:
            yield f"{key}.weak_exit: {self.weak_exit} is above {key}.weak_enter ({self.weak_enter})"
        if self.strong_exit > self.strong_enter:
            yield f"{key}.strong_exit: {self.strong_exit} is above {key}.strong_enter ({self.strong_enter})"
        if self.strong_exit < self.weak_enter:
            yield f"{key}.strong_exit: {self.strong_exit} is below {key}.weak_enter ({self.weak_enter})"
