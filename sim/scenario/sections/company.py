"""``mechanism.company``: what ties give on a visit."""

from __future__ import annotations

from sim.scenario.parameter import Section, par


class Company(Section, scope="person"):
    """What ties give on a visit: company of people one is close to, and belonging to what one cares for. Signs assumed."""

    bond: float = par(
        0.3, "share", 0, 1, "share of what a visit still lacks that full ties to members who are there make up for (0: nothing)",
        "到访时与在场好友的满强度关系所能弥补的体验缺口（0为无）", "bond-based benefit: Ren & Kraut 2014; up to .4 tried",
    )
    identity: float = par(
        0.3, "share", 0, 1, "share of it that a full tie to the firm or a KOL makes up for: belonging (0: nothing)",
        "对品牌或KOL的满强度关系（归属感）所能弥补的体验缺口（0为无）", "identity-based benefit: Ren & Kraut 2014",
    )
