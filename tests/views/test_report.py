"""The report says what the numbers allow, in two languages, safely and the same at every call."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError
from sim.views.blocks import Page
from sim.views.language.metrics import metric
from sim.views.language.numbers import MISSING, Numbers
from sim.views.language.phrases import PHRASES
from sim.views.language.words import TEXTS, Words
from sim.views.levers import group_meaning, meaning
from sim.views.pages.overview import difference_cell
from sim.views.pages.page import SECTIONS, render, write_report
from sim.views.pages.sentences import goal_text, summary
from sim.views.study import MOST_POINTS, Study, centre, share_of, spread, weeks, window_means, windows
from tests import fakes

LANGS = ("en", "zh")


def texts(study: Study) -> str:
    """The summary as one text, with plain spaces."""
    return "\n".join(" ".join(parts) for _, parts in summary(study)).replace("\u00a0", " ")


def body(html: str) -> str:
    """What a reader sees of the page: all but scripts and styles, with plain spaces."""
    return re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL).replace("\u00a0", " ")


def figures(html: str) -> list[dict[str, Any]]:
    """The specifications of the plots."""
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', html, flags=re.DOTALL)
    assert found
    return list(json.loads(found[1]))


def difference(study: Study, metric_name: str, **changes: object) -> None:
    """Change the first paired difference of a metric in place."""
    row = study.difference(study.plans[1], metric_name)
    assert row is not None
    row.update(changes)


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "kind", "signed", "expected"),
        [
            (1234.4, "people", False, "1,234"),
            (3.44, "people", False, "3.4"),
            (0.123, "share", False, "12.3 %"),
            (0.0208, "share", False, "2.08 %"),
            (1.0, "chance", False, "100 %"),
            (0.975, "chance", False, "98 %"),
            (0.999, "chance", False, "99.9 %"),
            (-0.012, "share", True, "−1.20 points"),
            (-0.0001, "people", True, "0.00"),
            (1234.5, "money", True, "+1,234 RMB"),
            (0.0, "money", False, "0 RMB"),
            (0.025, "ratio", True, "+0.025"),
            (math.nan, "money", False, MISSING),
            (None, "people", False, MISSING),
            (math.inf, "ratio", False, MISSING),
        ],
    )
    def test_text(self, value: object, kind: str, signed: bool, expected: str) -> None:
        assert Numbers("en", "RMB").text(value, kind, signed=signed).replace("\u00a0", " ") == expected

    def test_intervals_name_their_unit_once_and_vanish_without_bounds(self) -> None:
        numbers = Numbers("zh", "RMB")
        assert numbers.interval(0.1, 0.2, "share") == "[10, 20]%"
        assert numbers.span(80, 134.2, "money").replace("\u00a0", " ") == "80.00 至 134 元"
        assert numbers.interval(math.nan, 2, "people") == "" == numbers.span(None, None, "people")


class TestArrays:
    def test_centre_and_spread_leave_out_what_is_unknown(self) -> None:
        matrix = np.array([[1.0, math.nan, math.nan], [3.0, 4.0, math.nan]])
        assert centre(matrix)[:2].tolist() == [2.0, 4.0]
        assert math.isnan(centre(matrix)[2])
        band = spread(matrix)
        assert band is not None
        assert band.low[0] == pytest.approx(1.1)

    def test_one_replicate_has_no_band(self) -> None:
        assert spread(np.ones((1, 4))) is None

    @pytest.mark.parametrize("days", [1, 6, 7, 100, 365, 4000])
    def test_windows_cover_every_day_once(self, days: int) -> None:
        edges = windows(days, 7)
        assert edges[0] == 0
        assert edges[-1] == days
        assert (np.diff(edges) > 0).all()
        assert len(edges) <= 61
        assert window_means(np.full((2, days), 3.0), edges) == pytest.approx(3.0)

    @pytest.mark.parametrize("days", [7, 13, 100, 365, 420, 427, 500, 730, 4000])
    def test_what_keeps_a_calendar_of_weeks_is_level(self, days: int) -> None:
        """Five posts a week on the same days of it, as the model spreads them."""
        edges = weeks(days)
        assert edges[0] == 0
        assert 0 <= days - edges[-1] < 7
        assert set(np.diff(edges) % 7) == {0}
        assert len(edges) <= 61
        posts = np.isin(np.arange(days) % 7, [1, 3, 5, 6, 0]).astype(float)[np.newaxis]
        assert 7 * window_means(posts, edges) == pytest.approx(5.0)

    def test_less_than_a_week_is_one_window(self) -> None:
        assert weeks(5).tolist() == [0, 5]

    @pytest.mark.parametrize("lang", LANGS)
    def test_days_that_make_no_week_are_told(self, lang: str) -> None:
        told = TEXTS["weeks.whole"][LANGS.index(lang)].strip()
        for days, expected in ((180, True), (182, False), (5, False)):
            assert (told in body(render(*fakes.study(days=days), lang))) is expected  # type: ignore[arg-type]

    def test_a_share_of_nothing_is_unknown(self) -> None:
        assert np.isnan(share_of(np.array([1.0]), np.array([0.0]))).all()

    def test_plans_are_paired_by_replicate(self) -> None:
        tables, told, manifest = fakes.study(2, replicates=4, days=10)
        series = tables["series"]
        gone = (series["scenario"] == fakes.NAMES[1]) & (series["replicate"] == 1)
        tables["series"] = series[~gone]
        study = Study(tables, told, manifest, "en")
        first, second = (study.values(plan, "weak") for plan in study.plans)
        assert (study.paired(study.plans[1], "weak") == second - first[[0, 2, 3]]).all()


class TestSummary:
    def test_a_decided_comparison_is_told_with_its_interval(self) -> None:
        said = texts(Study(*fakes.study(2, replicates=20, days=365), "en"))
        assert "B (“Friend logic first: warm content, then products”) grows more strong ties than A" in said
        assert re.search(r"539 against 417 on average after 365 days, 123 more \(95 % interval of the difference", said)
        assert "B did better in 100 % of 20 replicates" in said
        assert "stays ahead of A in strong ties from day" in said

    def test_a_lower_plan_is_told_as_lower_and_the_baseline_as_better(self) -> None:
        study = Study(*fakes.study(2, replicates=20, effect=-0.3), "en")
        said = texts(study)
        assert "grows fewer strong ties than A" in said
        assert "A did better in" in said
        assert "grows more" not in said

    @pytest.mark.parametrize("lang", LANGS)
    def test_nothing_is_claimed_where_the_interval_holds_zero(self, lang: str) -> None:
        study = Study(*fakes.study(2, replicates=20), lang)
        difference(study, "strong", verdict="undecided", mean=5.0, low=-20.0, high=30.0, share_better=0.6)
        said = texts(study)
        assert ("Undecided" if lang == "en" else "未定") in said
        assert "grows more strong ties than" not in said
        assert "建立了更多强关系" not in said
        assert "did better" not in said
        assert "stays ahead of A in strong ties" not in said
        assert ("so there is none to explain" if lang == "en" else "无需解释") in said

    def test_an_undecided_cost_is_told_as_such(self) -> None:
        study = Study(*fakes.study(2, replicates=20), "en")
        difference(study, "profit", verdict="undecided", mean=5.0, low=-20.0, high=30.0)
        assert "In profit, no difference between B and A can be told" in texts(study)

    def test_too_few_replicates_give_no_verdict(self) -> None:
        said = texts(Study(*fakes.study(2, replicates=3), "en"))
        assert "No verdict: 3 replicates are too few" in said
        assert "Run at least 5" in said
        assert "did better" not in said
        assert "stays ahead" not in said

    def test_identical_plans(self) -> None:
        study = Study(*fakes.study(2, replicates=20), "en")
        difference(study, "strong", verdict="identical", mean=0.0, low=0.0, high=0.0, share_better=0.5)
        assert "exactly as many strong ties" in texts(study)

    @pytest.mark.parametrize(
        ("overtakes", "expected"),
        [
            ({"share": 0.0, "median": None}, "In no replicate does B come to stay ahead"),
            ({"share": 0.3, "median": math.nan}, "in 30 % of replicates, too few for a typical day"),
            ({"share": 0.9, "median": 120.0, "low": 99.0, "high": None}, "from day 120 on (median of the replicates);"),
        ],
    )
    def test_when_one_overtakes_the_other(self, overtakes: dict[str, Any], expected: str) -> None:
        study = Study(*fakes.study(2, replicates=20), "en")
        difference(study, "strong", overtakes=overtakes)
        difference(study, "profit", overtakes=None)
        assert expected in texts(study)

    def test_the_largest_group_and_mechanism_are_named_only_where_they_can_be_told_from_zero(self) -> None:
        tables, told, manifest = fakes.study(2, replicates=20)
        said = texts(Study(tables, told, manifest, "en"))
        assert "the largest share comes from “content”: +64" in said
        assert "Switching off “friends see, invite and recommend”" in said
        tables["attribution"] = tables["attribution"].assign(low=-1e6)
        said = texts(Study(tables, told, manifest, "en"))
        assert "No group of levers has a share" in said
        assert "No single mechanism changes" in said

    def test_one_replicate_is_called_one_possible_course(self) -> None:
        said = texts(Study(*fakes.study(1, replicates=1), "en"))
        assert "One replicate shows one possible course" in said
        assert "interval)" not in said.replace("(95 % interval: 21 to 100 %)", "")

    def test_a_study_without_money_says_so(self) -> None:
        tables, told, manifest = fakes.study(1)
        for name in ("cost", "revenue", "profit", "cost_per_strong"):
            told["scenarios"][0]["metrics"][name] = {"mean": 0.0}
        assert "No money flows" in texts(Study(tables, told, manifest, "en"))

    def test_goals_read_as_words(self) -> None:
        study = Study(*fakes.study(1), "en")
        assert goal_text(study, "strong_share >= 0.08 by day 180").replace("\u00a0", " ") == (
            "share with a strong tie ≥ 8 % by day 180"
        )
        assert goal_text(study, "cash_low >= -200000").endswith("at the end")
        assert goal_text(study, "make it <big>") == "make it <big>"


class TestHeadline:
    @pytest.mark.parametrize(
        ("name", "verdict", "tone", "arrow"),
        [
            ("strong", "higher", "better", "▲"),
            ("strong", "lower", "worse", "▼"),
            ("cost_per_strong", "lower", "better", "▼"),
            ("weak", "higher", "changed", "▲"),
            ("strong", "undecided", "", ""),
            ("strong", "too_few", "", ""),
        ],
    )
    def test_tone_and_arrow_follow_the_verdict(self, name: str, verdict: str, tone: str, arrow: str) -> None:
        study = Study(*fakes.study(2), "en")
        difference(study, name, verdict=verdict)
        cell = difference_cell(study, study.plans[1], metric(name))
        assert cell.tone == tone
        assert cell.text.startswith(arrow)
        assert ("▲" in cell.text or "▼" in cell.text) == bool(arrow)
        assert len(cell.note.splitlines()) == 2

    def test_a_difference_that_is_unknown_is_a_dash(self) -> None:
        study = Study(*fakes.study(2), "en")
        assert difference_cell(study, study.plans[1], metric("cac")).text == MISSING


class TestTexts:
    def test_every_text_has_two_languages_with_the_same_gaps(self) -> None:
        for key, (en, zh) in {**TEXTS, **PHRASES}.items():
            assert en.strip(), key
            assert zh.strip(), key
            assert set(re.findall(r"{(\w+)}", en)) == set(re.findall(r"{(\w+)}", zh)), key

    def test_no_key_stands_in_both_files(self) -> None:
        assert not set(TEXTS) & set(PHRASES)

    def test_a_lever_is_explained_from_the_schema(self) -> None:
        assert "warmth" in meaning("mechanism.content.warmth", "en")
        assert "温度" in meaning("mechanism.content.warmth", "zh")
        assert meaning("structure.kols.Luo.authenticity", "en").startswith("authenticity")
        assert meaning("no.such.key", "en") == ""
        assert meaning("culture + market", "en") == "what it is about; who is out there"
        assert meaning("structure.kols.luo.posts_per_week", "en") == "posts planned a week (luo)"
        assert meaning("structure.kols.luo", "zh") == "KOL（IP 人物）：luo"
        assert meaning("business.rocket.platform.day", "zh") == "最早点火日（第二级：平台或应用上线）"

    def test_a_whole_module_is_told_with_what_differs_inside(self) -> None:
        keys = ["business.rocket.platform.day", "business.rocket.platform.cost", "business.selling.push"]
        assert group_meaning("business", keys, "zh") == "模式（三级火箭；推销力度）"
        assert group_meaning("business.rocket", keys[:2], "zh") == "三级火箭"


class TestPage:
    @pytest.mark.parametrize("lang", LANGS)
    @pytest.mark.parametrize(
        "case",
        [
            {"plans": 1, "replicates": 1},
            {"plans": 1, "replicates": 6},
            {"plans": 2, "replicates": 3, "days": 1, "sales": False},
            {"plans": 3, "replicates": 6, "days": 400},
            {"plans": 1, "replicates": 1, "days": 2, "sales": False},
        ],
        ids=str,
    )
    def test_every_shape_of_study_makes_a_whole_page(self, lang: str, case: dict[str, Any]) -> None:
        html = render(*fakes.study(**case), lang)  # type: ignore[arg-type]
        plots = re.findall(r'id="plot-(\d+)"', html)
        assert [int(number) for number in plots] == list(range(len(figures(html))))
        for anchor in re.findall(r'href="#([^"]+)"', html):
            assert f'<section id="{anchor}">' in html
        assert "nan" not in re.sub(r"[a-z]*nan[a-z]+|[a-z]+nan", "", body(html).lower())
        assert "{" not in body(html)

    def test_every_plot_has_a_text_alternative_and_every_figure_a_caption(self) -> None:
        html = render(*fakes.study(3), "en")
        labels = re.findall(r'class="plot"[^>]*role="img" aria-label="([^"]+)"', html)
        assert len(labels) == len(figures(html))
        assert all(len(label) > 20 for label in labels)
        assert len(re.findall("<figure>", html)) == len(re.findall(r"<figcaption>[^<]+</figcaption>", html))

    def test_one_replicate_draws_no_bands_and_says_so(self) -> None:
        html = render(*fakes.study(1, replicates=1, days=60), "en")
        assert "tonexty" not in [trace.get("fill") for plot in figures(html)[1:] for trace in plot["data"]]
        assert "one replicate only, so no band can be drawn" in html

    @pytest.mark.parametrize(("table", "anchor"), [("work", "load"), ("attribution", "drivers"), ("events", "events")])
    def test_what_was_not_recorded_is_left_out(self, table: str, anchor: str) -> None:
        tables, told, manifest = fakes.study(2)
        del tables[table]
        if table == "work":
            tables["kols"] = tables["kols"].iloc[:0]
        if table == "attribution":
            del tables["levers"]
        html = render(tables, told, manifest, "en")
        assert f'id="{anchor}"' not in html
        assert f'href="#{anchor}"' not in html

    def test_a_page_needs_only_the_series(self) -> None:
        tables, told, _ = fakes.study(2)
        html = render({"series": tables["series"]}, told, {}, "zh")
        assert 'id="ties"' in html
        assert 'id="drivers"' not in html

    def test_user_texts_cannot_become_code(self) -> None:
        attack = '</script><script>alert("1")</script><img src=x onerror=alert(1)>'
        tables, told, manifest = fakes.study(2)
        told["scenarios"][0]["title"] = {"en": attack, "zh": attack}
        told["scenarios"][1]["goals"][0]["goal"] = attack
        manifest["remake"] = attack
        tables["channels"]["origin"] = attack
        tables["kols"]["kol"] = attack
        tables["events"]["detail"] = attack
        html = render(tables, told, manifest, "en")
        assert html.count("</script>") == 3
        assert "<img" not in html.replace("createElement", "").split("</style>")[1].split('<script type="app')[0]
        names = [trace.get("name", "") for plot in figures(html) for trace in plot["data"]]
        assert not [name for name in names if "<" in name]

    def test_the_same_study_gives_the_same_bytes(self, tmp_path: Path) -> None:
        paths = [write_report(tmp_path / name, *fakes.study(2), "en") for name in ("a.html", "b.html")]
        assert paths[0].read_bytes() == paths[1].read_bytes()

    def test_nothing_is_asked_of_the_network(self) -> None:
        html = render(*fakes.study(2), "en")
        outside = html.replace(html[html.index("/**") :], "")
        assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", outside)
        assert "@import" not in outside

    def test_lines_are_thinned_and_the_file_stays_small(self) -> None:
        tables, told, manifest = fakes.study(3, replicates=20, days=730)
        html = render(tables, told, manifest, "en")
        assert len(html.encode()) < 6e6
        assert (
            len(Study(tables, told, manifest, "en").shown(Study(tables, told, manifest, "en").plans[0])) == MOST_POINTS
        )

    def test_sections_come_in_the_order_of_reading(self) -> None:
        study = Study(*fakes.study(2), "en")
        made = [section.anchor for make in SECTIONS if (section := make(study))]
        assert made[:2] == ["summary", "headline"]
        assert made[-2:] == ["remake", "glossary"]
        assert len(set(made)) == len(made)
        assert Page().section(SECTIONS[0](study)).startswith('<section id="summary">')  # type: ignore[arg-type]


class TestEvents:
    def test_events_that_differ_in_an_amount_are_counted_together(self) -> None:
        html = body(render(*fakes.study(1, replicates=6), "en"))
        assert html.count('<td class="">platform</td>') == 1
        assert "members=" not in html

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_where_the_budget_is_used_up_is_marked_and_what_ended_is_listed(self, lang: str) -> None:
        tables, told, manifest = fakes.study(1, replicates=2)
        assert Words(lang)("money.limit") not in body(render(tables, told, manifest, lang))
        ends = pd.DataFrame({"kind": ["budget_reached", "staff_leave"] * 2, "day": [30, 31, 40, 41]})
        ends = ends.assign(scenario=tables["events"]["scenario"].iloc[0], replicate=[0, 0, 1, 1], detail="operators=1")
        tables["events"] = pd.concat([tables["events"], ends])
        whole = render(tables, told, manifest, lang)
        for text in ("event.budget_reached", "event.staff_leave", "money.limit"):
            assert Words(lang)(text) in body(whole), text
        mark = Words(lang)("money.limit.mark")
        assert mark in whole or json.dumps(mark)[1:-1] in whole, "on the plot"


class TestBadInput:
    def test_an_unknown_language(self) -> None:
        with pytest.raises(InputError, match="expected en or zh"):
            render(*fakes.study(1), "fr")  # type: ignore[arg-type]

    def test_no_scenario(self) -> None:
        with pytest.raises(InputError, match="names no scenario"):
            render({}, {"scenarios": []}, {}, "en")

    def test_a_series_with_missing_rows(self) -> None:
        tables, told, manifest = fakes.study(1, replicates=2, days=10)
        with pytest.raises(InputError, match=r"has 19 rows; expected 20 \(2 replicates × 10 days\)"):
            render({"series": tables["series"].iloc[1:]}, told, manifest, "en")

    def test_a_scenario_without_rows(self) -> None:
        _, told, manifest = fakes.study(1)
        with pytest.raises(InputError, match="has no rows of 'hard_selling'"):
            render({"series": pd.DataFrame()}, told, manifest, "en")


class TestNothingThere:
    @pytest.mark.filterwarnings("error")
    @pytest.mark.parametrize("plans", [1, 2])
    def test_a_study_in_which_nothing_happens(self, plans: int) -> None:
        tables, told, manifest = fakes.study(plans, replicates=4, days=40)
        series = tables["series"]
        gone = series.columns.difference(["scenario", "replicate", "day", "none"])
        tables["series"] = series.assign(**{**dict.fromkeys(gone, 0.0), "k_factor": math.nan})
        for name in ("channels", "work", "generations", "cohorts", "kols"):
            numbers = tables[name].columns.intersection(
                ["noticed", "joined", "cost", "wanted", "done", "posts", "energy"]
            )
            tables[name] = tables[name].assign(**dict.fromkeys(numbers, 0.0))
        tables["stages"] = tables["stages"].assign(ignited=math.nan)
        for entry in told["scenarios"]:
            entry["metrics"] = {name: dict.fromkeys(("mean", "low", "high", "p05", "p95")) for name in entry["metrics"]}
            entry["payback_day"] = entry["cash_low"] = None
        html = render(tables, told, manifest, "en")
        assert 'id="money"' not in html
        assert "nan" not in re.sub(r"[a-z]*nan[a-z]+|[a-z]+nan", "", body(html).lower())
        drawn = [trace for plot in figures(html) for trace in plot["data"]]
        assert drawn
        assert 'id="word-of-mouth"' not in html
