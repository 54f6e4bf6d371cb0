"""Posts that were planned and not made are told in the summary, and only then."""

from __future__ import annotations

import pytest

from sim.views.pages.sentences import summary
from sim.views.study import Study
from tests import fakes


@pytest.mark.parametrize(("lang", "said"), [("en", "25 % of its posts"), ("zh", "25%的计划内容")])
def test_dropped_posts_are_told(lang: str, said: str) -> None:
    tables, told, manifest = fakes.study(1, replicates=2, days=10)
    tables["series"]["posts"], tables["series"]["posts_dropped"] = 3, 1
    text = "\n".join(" ".join(parts) for _, parts in summary(Study(tables, told, manifest, lang)))
    assert said.replace(" ", "") in text.replace("\u00a0", "").replace(" ", "")
    tables["series"]["posts_dropped"] = 0
    silent = summary(Study(tables, told, manifest, lang))
    assert said.replace(" ", "") not in str(silent).replace("\\xa0", "").replace(" ", "")
