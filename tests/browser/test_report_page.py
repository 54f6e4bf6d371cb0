"""The report in a real browser, at the widths of a desk and of a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.views.pages.page import write_report
from tests import fakes
from tests.browser.browser import WIDTHS, asked_of_the_network, complaints, opened

pytestmark = pytest.mark.browser

CASES = {
    "compare": {"plans": 3, "replicates": 6, "days": 120},
    "run": {"plans": 1, "replicates": 1, "days": 60},
    "one_day": {"plans": 2, "replicates": 2, "days": 1, "sales": False},
}


@pytest.fixture(scope="module", params=[(case, lang) for case in CASES for lang in ("en", "zh")], ids="-".join)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    case, lang = request.param
    tables, summary, manifest = fakes.study(**CASES[case])
    summary["scenarios"][0]["title"] = {"en": "<script>alert(1)</script>" * 4, "zh": "极长的方案标题" * 12}
    return write_report(tmp_path_factory.mktemp("report") / "report.html", tables, summary, manifest, lang)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_whole(browser: Any, page: Path, width: int) -> None:
    opened(browser, page, width)

    assert complaints(browser) == []
    assert asked_of_the_network(browser) == []

    wide = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= width == wide[1]

    plots = browser.execute_script(
        """return [...document.querySelectorAll('.plot')].map((plot) => {
             const box = plot.getBoundingClientRect(), svg = plot.querySelector('svg.main-svg').getBoundingClientRect();
             const marks = plot.querySelectorAll('.trace, .bars path, .js-line, .point path').length;
             return [plot.id, marks, box.right <= window.innerWidth + 1, Math.abs(box.width - svg.width) < 2];
           })"""
    )
    assert plots
    assert [name for name, marks, *_ in plots if not marks] == []
    assert [name for name, _, inside, fits in plots if not (inside and fits)] == []


def test_the_contents_lead_to_the_sections(browser: Any, page: Path) -> None:
    opened(browser, page, 1280)
    hashes = browser.execute_script("return [...document.querySelectorAll('nav a')].map((a) => a.hash)")
    browser.execute_script("document.documentElement.style.scrollBehavior = 'auto'")
    assert len(hashes) > 8
    for anchor in hashes:
        browser.execute_script("document.querySelector(`nav a[href='${arguments[0]}']`).click()", anchor)
        top, left = browser.execute_script(
            """const box = document.querySelector(arguments[0]).getBoundingClientRect();
               return [box.top, document.documentElement.scrollHeight - window.scrollY - window.innerHeight]""",
            anchor,
        )
        assert abs(top) < 40 or left < 2, anchor  # the last ones end with the page

    opened(browser, page, 390)
    assert browser.execute_script("return getComputedStyle(document.querySelector('nav')).display") == "none"


def test_a_key_of_the_legend_hides_its_traces(browser: Any, tmp_path: Path) -> None:
    opened(browser, write_report(tmp_path / "report.html", *fakes.study(2, replicates=3, days=40), "en"), 1280)
    hidden = """return [...document.querySelector('.key').closest('figure').querySelectorAll('.plot')].map(
        (plot) => plot.data.filter((trace) => trace.visible === false).length)"""
    assert set(browser.execute_script(hidden)) == {0}
    browser.execute_script("document.querySelector('.key').click()")
    assert min(browser.execute_script(hidden)) > 0
    assert browser.execute_script("return document.querySelector('.key').getAttribute('aria-pressed')") == "false"
