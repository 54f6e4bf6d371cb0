"""What the build does beyond copying: plans and claims go into the wheel, and a machine without Numba is told so."""

from __future__ import annotations

import platform
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INTEL_MAC = (
    "community-growth needs Numba, which is no longer built for Intel Macs: use Linux, Windows or an Apple-silicon Mac"
)


class Hook(BuildHookInterface[Any]):
    """Called by hatchling for every wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Refuse an Intel Mac before anything is installed; ship plans and claims unless they are beside it."""
        if sys.platform == "darwin" and platform.machine() == "x86_64":
            raise SystemExit(INTEL_MAC)
        if version != "editable":
            build_data["force_include"] |= {"scenarios": "sim/_scenarios", "claims": "sim/_claims"}
