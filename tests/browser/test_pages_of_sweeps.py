"""The pages about sweeps in a real browser: each kind, in both languages, at the widths of a desk and of a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.lab.designs import Points
from sim.lab.estimators.prim import cases_of, discover
from sim.views.pages.sweeps import discovery, optimisation, plain
from sim.views.pages.sweeps import sensitivity as sensitivity_page
from sim.views.sweep import View
from tests import sweeps
from tests.browser.browser import WIDTHS, asked_of_the_network, complaints, opened

pytestmark = pytest.mark.browser

COMMAND = "python run.py sweep base --set run.days=30"
#: What a Chinese page may say in Latin letters: names of methods, of the currency, and of commands.
LATIN = {"Sobol", "delta", "Borgonovo", "KOL", "export", "WebGL"}


def of_a_sweep(lang: str, _: Path) -> str:
    points = Points.of(sweeps.design())
    return plain.render(View(points.design, sweeps.run_table(points, sweeps.strong), "strong", lang, COMMAND))


def of_a_discovery(lang: str, _: Path) -> str:
    points = Points.of(sweeps.design())
    view = View(points.design, sweeps.run_table(points, sweeps.strong), "strong", lang, COMMAND)
    factors, cases = cases_of(view.table, view.factors, "strong >= 25")
    return discovery.render(view, discover(factors, cases), factors, cases, "strong >= 25")


def of_an_optimum(lang: str, _: Path) -> str:
    design, found = sweeps.optimum()
    return optimisation.render(View(design, found.runs, "strong", lang, COMMAND), found, "extends: base")


def of_sobol(lang: str, folder: Path) -> str:
    return _of_sensitivity(lang, *sweeps.sensitivity("sobol", folder, second_order=True))


def of_delta(lang: str, folder: Path) -> str:
    return _of_sensitivity(lang, *sweeps.sensitivity("delta", folder))


def _of_sensitivity(lang: str, made: Any, found: Any) -> str:
    return sensitivity_page.render(View(made.design, found.sample, "strong", lang, COMMAND, found.runs), found)


MAKERS: dict[str, Callable[[str, Path], str]] = {
    "sweep": of_a_sweep, "discovery": of_a_discovery, "optimum": of_an_optimum, "sobol": of_sobol, "delta": of_delta,
}  # fmt: skip


@pytest.fixture(scope="module", params=[(kind, lang) for kind in MAKERS for lang in ("en", "zh")], ids="-".join)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    kind, lang = request.param
    folder = tmp_path_factory.mktemp("page")
    path = folder / f"{kind}.html"
    path.write_text(MAKERS[kind](lang, folder / "sweep"), encoding="utf-8")
    return path, lang


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_whole(browser: Any, page: tuple[Path, str], width: int) -> None:
    opened(browser, page[0], width)
    assert complaints(browser) == []
    assert asked_of_the_network(browser) == []
    wide = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= width == wide[1]
    plots = browser.execute_script(
        """return [...document.querySelectorAll('.plot')].map((plot) => {
             const seen = (element) => { const box = element.getBoundingClientRect(); return box.width * box.height; };
             const marks = [...plot.querySelectorAll('.trace, .bars path, .point path, .hm image, .shapelayer path,'
               + ' canvas.gl-canvas')].filter(seen).length;
             const box = plot.getBoundingClientRect(), scrolls = plot.closest('.scroll');
             const inside = (scrolls || plot).getBoundingClientRect().right <= window.innerWidth + 1;
             const drawn = plot.querySelector('svg.main-svg').getBoundingClientRect();
             return [plot.id, marks, inside, Math.abs(box.width - drawn.width) < 2 && drawn.height > 50];
           })"""
    )
    assert plots
    assert [name for name, marks, *_ in plots if not marks] == []
    assert [name for name, _, inside, fits in plots if not (inside and fits)] == []
    _is_in_one_language(browser, page[1])


def _is_in_one_language(browser: Any, lang: str) -> None:
    """No text is left in the other language, in plots neither."""
    assert browser.execute_script("return document.documentElement.lang") == ("zh-CN" if lang == "zh" else "en")
    texts = browser.execute_script(
        """const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [document.title];
           while (walk.nextNode())
             if (!walk.currentNode.parentElement.closest('script, style, noscript, pre, code, small'))
               found.push(walk.currentNode.data);
           for (const element of document.querySelectorAll('[aria-label], [data-webgl]'))
             found.push(element.getAttribute('aria-label') || '', element.dataset.webgl || '');
           return found;"""
    )
    said = " ".join(texts)
    assert len(said) > 500
    if lang == "zh":
        assert set(re.findall(r"[A-Za-z]{2,}(?:[._][A-Za-z_]+)*", said)) - LATIN == set()
    else:
        assert re.findall(r"[\u3000-\u9fff\uff00-\uffef]+", said) == []


def test_lines_are_kept_by_brushing_an_axis(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "sweep.html"
    path.write_text(of_a_sweep("en", tmp_path), encoding="utf-8")
    opened(browser, path, 1280)
    plot = "[...document.querySelectorAll('.plot')].find((each) => each.data[0].type === 'parcoords')"
    box = browser.execute_script(
        f"const plot = {plot}; plot.scrollIntoView({{block: 'center', behavior: 'instant'}});"
        "const axis = plot.querySelector('.axis-brush .background').getBoundingClientRect();"
        "return [axis.x + axis.width / 2, axis.y, axis.height];"
    )
    x, top, height = box
    for kind, y in (("mouseMoved", 0.3), ("mousePressed", 0.3), ("mouseMoved", 0.5), ("mouseReleased", 0.6)):
        browser.execute_cdp_cmd(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x, "y": top + y * height, "button": "left", "buttons": 1, "clickCount": 1},
        )
    kept = browser.execute_script(f"return {plot}.data[0].dimensions[0].constraintrange")
    assert kept and kept[0] < kept[1]


def test_a_wide_plot_scrolls_in_its_own_box_on_a_phone(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "sweep.html"
    path.write_text(of_a_sweep("zh", tmp_path), encoding="utf-8")
    opened(browser, path, 390)
    boxes = browser.execute_script(
        "return [...document.querySelectorAll('.panel .scroll')].map((box) => [box.clientWidth, box.scrollWidth])"
    )
    assert boxes and all(shown < whole for shown, whole in boxes)


def test_a_browser_without_webgl_is_told(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "sweep.html"
    path.write_text(of_a_sweep("zh", tmp_path), encoding="utf-8")
    without = """const own = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
          return kind.includes("webgl") ? null : own.call(this, kind, ...more);
        };"""
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": without})
    try:
        opened(browser, path, 1280)
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    assert complaints(browser) == []
    told = browser.execute_script("return document.querySelector('[data-webgl]').textContent")
    assert "WebGL" in told and "设计点" in told
