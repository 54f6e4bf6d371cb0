"""Pages about sweeps, from made-up run tables whose answers are known."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.lab.designs import Design, Points
from sim.lab.estimators.prim import cases_of, discover
from sim.lab.questions.base import base_values, levels_of
from sim.lab.questions.inquiry import one_at_a_time
from sim.scenario.catalogue import parameters
from sim.scenario.load import load
from sim.views import levers
from sim.views.figures import sweeps as figures
from sim.views.figures.parallel import parallel
from sim.views.language.sweep_words import PHRASES, TEXTS, SweepWords
from sim.views.pages.sweeps import discovery, indices, plain, sensitivity
from sim.views.pages.sweeps.tables import extremes
from sim.views.sweep import View, told_apart
from tests import sweeps
from tests.sweeps import POSTS, QUALITY, WARM, design, run_table


@pytest.fixture(scope="module", params=["en", "zh"])
def view(request: pytest.FixtureRequest) -> View:
    points = Points.of(design())
    table = run_table(points, lambda rows: 50 * rows[QUALITY] + 10 - (rows[POSTS] - 14) ** 2 / 40)
    return View(points.design, table, "strong", request.param, "python run.py sweep <script>")


def specs(page: str) -> list[dict[str, object]]:
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', page, re.DOTALL)
    assert found
    parsed: list[dict[str, object]] = json.loads(found[1])
    return parsed


def test_the_page_of_a_sweep_begins_with_the_answer(view: View) -> None:
    page = plain.render(view)
    said = plain.answer(view)
    assert view.quoted(QUALITY) in said
    assert view.quoted(WARM) not in said
    assert "content." not in said
    assert page.index('id="answer"') < page.index('id="response"') < page.index('id="points"')
    assert f'<html lang="{"zh-CN" if view.lang == "zh" else "en"}"' in page
    kinds = [trace["type"] for spec in specs(page) for trace in spec["data"]]  # type: ignore[attr-defined]
    assert {"scatter", "heatmap", "parcoords"} <= set(kinds)
    assert page.count('class="plot"') == len(specs(page))


def test_pages_are_the_same_each_time_and_escape_texts(view: View) -> None:
    page = plain.render(view)
    assert page == plain.render(view)
    assert "sweep &lt;script&gt;" in page


def test_best_and_worst_points_follow_the_direction_of_the_metric(view: View) -> None:
    best = view.points["mean"].idxmax()
    assert view.setting(view.points.loc[best].to_dict()) in plain.best(view)
    costs = replace(view, table=view.table.rename(columns={"cost": "cost_per_strong"}), outcome="cost_per_strong")
    assert view.setting(view.points.loc[view.points["mean"].idxmin()].to_dict()) in plain.best(costs)


def test_failed_runs_are_told_and_one_point_or_replicate_is_no_trouble(view: View) -> None:
    table = view.table.copy()
    table.loc[table.index[:2], "status"] = "failed"
    table.loc[table.index[:2], "strong"] = np.nan
    assert "2" in plain.failed(replace(view, table=table))
    one = view.table[view.table["point"] == 0]
    assert "<table>" in plain.render(replace(view, table=one))
    single = view.table[view.table["replicate"] == 0]
    assert view.words("said.luck.unknown") in plain.render(replace(view, table=single))


def test_luck_that_may_be_all_is_no_flat_share(view: View) -> None:
    table = view.table.copy()
    away = table["replicate"] - table["replicate"].mean()
    table["strong"] = 40 + away * np.where(table["point"] % 2, 1, -1)  # every point has the same mean
    begins = {"en": "Luck may be all that differs", "zh": "单次运行之间的差异可能全部来自运气"}
    said = plain.luck(replace(view, table=table))
    assert said.startswith(begins[view.lang])
    assert "95" in said
    assert not plain.luck(view).startswith(begins[view.lang])


def test_a_grid_keeps_its_levels() -> None:
    grid = Design(
        load("base").scenario, [f"{POSTS}=0:8:1", f"{WARM}=0,0.5,1", "switches.energy=true,false"], replicates=2
    )
    points = Points.of(grid)
    made = View(grid, run_table(points, lambda rows: rows[POSTS] * rows["switches.energy"]), "strong", "en")
    trace = json.loads(figures.heat(made, POSTS, WARM).panels[0].spec)["data"][0]
    assert trace["x"] == [str(n) for n in range(9)]
    assert ">off</td>" in plain.render(made)


def test_where_it_happens_is_said_and_drawn(view: View) -> None:
    factors, cases = cases_of(view.table, view.factors, "strong >= 40")
    found = discover(factors, cases)
    page = discovery.render(view, found, factors, cases, "strong >= 40")
    said = discovery.summary(view, found, "strong >= 40")[0][1][0]
    assert view.quoted(QUALITY) in said
    assert f"{view.metric_label()} ≥ 40" in said
    assert f"{view.metric_label()} ≥ 40" in page
    assert dict(discovery.summary(view, found, "strong >= 40"))[view.words("lead.names")][0].count(QUALITY) == 1
    shapes = [spec["layout"].get("shapes") for spec in specs(page)]  # type: ignore[attr-defined]
    assert any(shapes)


def test_texts_come_in_two_languages() -> None:
    for key, pair in {**TEXTS, **PHRASES}.items():
        assert len(pair) == 2 and all(pair), key
        gaps = [sorted(re.findall(r"{(\w+)}", text)) for text in pair]
        assert set(gaps[1]) <= set(gaps[0]), key
    assert SweepWords("en")("days.one") == "1 day"
    with pytest.raises(KeyError):
        SweepWords("zh")("no such text")
    assert not set(TEXTS) & set(PHRASES)


def test_one_at_a_time_moves_one_factor_and_keeps_constraints() -> None:
    made = one_at_a_time(design(constraints=[f"{QUALITY} <= 0.75"]), 10)
    base = base_values(made)
    rows = Points.of(made).table
    moved = sum((rows[key] != value).astype(int) for key, value in base.items())
    assert sorted(moved.unique()) == [0, 1]
    assert (moved == 0).sum() == 1
    assert rows[QUALITY].max() == 0.75
    assert made.replicates == 10


def test_levels_reach_from_end_to_end() -> None:
    posts, quality, warm = design().factors
    assert levels_of(posts, 3) == (0.0, 14.0, 28.0)
    assert levels_of(quality, 2) == (0.0, 1.0)
    assert levels_of(warm, 2) == (0.0, 1.0)
    assert levels_of(warm, 9) == warm.levels


def test_factors_have_human_names(view: View) -> None:
    zh = view.lang == "zh"
    assert view.name(QUALITY) == ("品牌内容质量" if zh else "quality of these posts")
    assert view.cell(QUALITY).note.replace("\u200b", "") == QUALITY
    assert levers.title("mechanism.activities.salon.quality", "en") == "quality (activities on offer, salon)"
    assert levers.title("no.such.key", view.lang) == ""
    keys = [each.key for each in parameters() if "[]" not in each.key]
    assert len({levers.title(key, view.lang) for key in keys}) > 0.98 * len(keys)


def test_factors_with_one_name_are_told_apart_by_their_keys() -> None:
    names = told_apart({"a.b": "精力", "a.c": "精力", "d": "温度"})
    assert names == {"a.b": "精力 [a.b]", "a.c": "精力 [a.c]", "d": "温度"}


def test_conditions_are_told_in_words(view: View) -> None:
    profit = view.metric_label("profit")
    assert view.condition("profit >= 0") == f"{profit} ≥ 0"
    assert view.condition("worst_tenth(profit) <= -5").endswith(" ≤ -5")
    assert view.condition("worst_tenth(profit) <= -5").count(profit) == 1
    assert view.condition("strong >= 3").count(view.metric_label("strong")) == 1


def test_lines_through_all_points_can_be_brushed(view: View) -> None:
    shown = parallel(view).panels[0]
    trace = json.loads(shown.spec)["data"][0]
    assert trace["type"] == "parcoords"
    assert len(trace["dimensions"]) == len(view.factors) + 1
    assert trace["line"]["color"] == trace["dimensions"][-1]["values"]
    assert shown.width > 390 and shown.webgl


def test_no_line_lies_on_the_frame(view: View) -> None:
    """Plotly cuts half of a line that lies at the end of an axis."""
    choice = Design(load("base").scenario, ["market.network.kind=random,small_world", f"{QUALITY}=0,1"])
    table = run_table(Points.of(choice), lambda rows: 50 * rows[QUALITY])
    for some in (view, View(choice, table, "strong", view.lang, "")):
        trace = json.loads(parallel(some).panels[0].spec)["data"][0]
        for each in trace["dimensions"]:
            low, high = min(each["values"]), max(each["values"])
            assert (low - each["range"][0]) / (high - low) > 0.03
            assert (each["range"][1] - high) / (high - low) > 0.03
        means = trace["dimensions"][-1]["values"]
        assert (trace["line"]["cmin"], trace["line"]["cmax"]) == (min(means), max(means))


def test_whiskers_of_scores_lie_within_the_frame(view: View) -> None:
    found = pd.DataFrame(
        {"ST": [1.1, 0.2], "ST_low": [-0.3, 0.1], "ST_high": [1.4, 0.3], "chance": [0.1, np.nan]}, index=[QUALITY, WARM]
    )

    def ends(reach: tuple[float, float] | None) -> tuple[float, float, str]:
        made = indices.scores(view, "", "", found, [("ST", "all")], reach)
        low, high = json.loads(made.panels[0].spec)["layout"]["xaxis"]["range"]
        return low, high, made.caption

    low, high, caption = ends(None)
    assert low < -0.3 and high > 1.4 and not caption
    assert ends((-0.5, 1.5)) == (low, high, "")
    low, high, caption = ends((-0.2, 1.5))
    assert -0.3 < low < -0.2 and high > 1.4
    assert view.words("scores.cut") in caption, "what is cut is told"


@pytest.mark.parametrize(
    ("points", "best", "worst"), [(1, 1, 0), (2, 1, 1), (3, 2, 1), (7, 4, 3), (9, 5, 4), (24, 5, 5)]
)
def test_no_point_is_among_the_best_and_the_worst(view: View, points: int, best: int, worst: int) -> None:
    tables = extremes(replace(view, table=view.table[view.table["point"] < points]))
    rows = [[row[0].text for row in table.rows] for table in tables]
    assert [len(each) for each in rows] == [count for count in (best, worst) if count]
    assert len({number for each in rows for number in each}) == best + worst
    assert tables[-1].caption and not any(table.caption for table in tables[:-1])


def test_pairs_are_shown_with_their_doubt(view: View) -> None:
    found = pd.DataFrame({
        "first": [QUALITY, QUALITY, POSTS], "second": [POSTS, WARM, WARM], "S2": [0.4, 0.2, -0.02],
        "S2_low": [0.3, -0.1, -0.2], "S2_high": [0.5, 0.5, 0.1], "p_value": [0.001, 0.2, 1.0],
        "matters": pd.Series([True, False, False], dtype=object),
    })  # fmt: skip
    made = json.loads(indices.pairs(view, [QUALITY, POSTS, WARM], found).panels[0].spec)
    cells = np.array(made["data"][0]["z"], dtype=float)
    assert cells[1, 0] == 1.0
    assert cells[2, 0] == pytest.approx(0.5 * indices.FAINT)
    assert cells[2, 1] == 0.0 and np.isnan(cells[0]).all()
    texts = [note["text"] for note in made["layout"]["annotations"]]
    assert texts[0].startswith("<b>") and not texts[1].startswith("<b>")
    assert "[−0.10, 0.50]" in texts[1]


def test_what_works_together_is_said_only_where_it_can_be_told(view: View) -> None:
    pairs = pd.DataFrame({
        "first": [QUALITY, POSTS], "second": [POSTS, WARM], "S2": [0.4, 0.1], "S2_low": [0.3, 0.0],
        "S2_high": [0.5, 0.2], "p_value": [0.001, 0.4], "matters": pd.Series([True, False], dtype=object),
    })  # fmt: skip

    def said(*matters: bool | None) -> str:
        found = SimpleNamespace(pairs=pairs.assign(matters=pd.Series(matters, dtype=object)))
        return sensitivity.together(view, found)  # type: ignore[arg-type]

    assert view.quoted(QUALITY) in said(True, False) and "40" in said(True, False)
    assert view.quoted(WARM) not in said(True, False)
    assert view.quoted(WARM) in said(True, True)
    assert said(False, False) == view.words("pairs.nothing")
    assert said(None, None) == view.words("pairs.unknown")


@pytest.mark.parametrize("replicates", [1, 3])
def test_an_inquiry_tells_which_factors_work_together(tmp_path: Path, replicates: int) -> None:
    made, found = sweeps.sensitivity("sobol", tmp_path, second_order=True, replicates=replicates)
    assert len(made.main.points.sample.layout) == 32 * (2 * 3 + 2)
    assert found.pairs.loc[0, ["first", "second"]].tolist() == [POSTS, QUALITY]
    assert found.pairs["matters"].tolist() == ([True, False, False] if replicates > 1 else [None] * 3)
    assert found.sample["point"].nunique() == 2 * 32  # A and B
    page = sensitivity.render(View(made.design, found.sample, "strong", "en", "", found.runs), found)
    assert sensitivity.together(View(made.design, found.sample, "strong", "en"), found) in html.unescape(page)
    assert page.index('id="factors"') < page.index('id="pairs"') < page.index('id="response"')


def test_given_data_have_no_pairs(tmp_path: Path) -> None:
    made, found = sweeps.sensitivity("delta", tmp_path)
    assert found.score == "delta" and found.scores.index[0] == QUALITY
    assert not len(found.pairs)
    assert 'id="pairs"' not in sensitivity.render(View(made.design, found.sample, "strong", "zh"), found)
