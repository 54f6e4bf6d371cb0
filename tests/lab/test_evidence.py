"""Patterns: the definitions, the verdict's rule, the runs behind them, the command and the page."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from sim.cli import main
from sim.errors import InputError
from sim.lab.evidence import finding
from sim.lab.evidence.finding import Finding
from sim.lab.evidence.judge import Judged, Verdict, verdict
from sim.lab.evidence.measurements import MEASUREMENTS
from sim.lab.evidence.pattern import Pattern, Text
from sim.lab.evidence.play import judged, needed
from sim.lab.evidence.table import PATTERNS, chosen
from sim.lab.evidence.trials import TRIALS
from sim.lab.questions.patterns import PatternsAnswer, patterns, read, told
from sim.views.pages.patterns import render, table

#: What may guide the choice of values. Fixed before anything was measured of a changed model: never add to it.
FITS = {
    "G03", "G04", "G06", "G07", "G08", "G14", "P09a", "P09b", "P09c", "P14", "R01", "R07", "R08", "R09", "R18",
}  # fmt: skip
#: Cheap ones of every kind: a limit, a ratio of sums, a paired difference, one that cannot be put.
CHEAP = ("P03c", "P06", "P04")


def a_pattern(low: float | None = None, high: float | None = None, *, strict: bool = False) -> Pattern:
    text = Text("a", "甲")
    return Pattern(
        id="X1", group="gate", title=text, what=text, low=low, high=high, strict=strict, source="", mark="D"
    )  # fmt: skip


def found(low: float, high: float) -> Finding:
    return Finding((low + high) / 2, low, high, 30)


# --- The definitions ---------------------------------------------------------------------------------------------


def test_ids_are_unique_and_complete() -> None:
    ids = [each.id for each in PATTERNS]
    assert len(ids) == len(set(ids))
    assert {each.family for each in PATTERNS if each.group == "gate"} == {f"G{n:02}" for n in range(1, 17)}
    published = {each.family for each in PATTERNS if each.group == "published"}
    assert published == {f"P{n:02}" for n in range(1, 28)} - {"P02"}, "the evidence has no P02"


def test_what_may_guide_values_is_fixed() -> None:
    assert {each.id for each in PATTERNS if each.fits} == FITS


def test_most_patterns_stay_untouched() -> None:
    measurable = [each for each in PATTERNS if each.cannot is None]
    assert 3 * sum(not each.fits for each in measurable) >= len(measurable)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_a_pattern_is_whole(pattern: Pattern) -> None:
    for text in (pattern.title, pattern.what, *([pattern.cannot] if pattern.cannot else [])):
        assert text.en
        assert re.search(r"[\u4e00-\u9fff0-9]", text.zh)
        assert not re.search(r"[\u4e00-\u9fff]", text.en)
    assert pattern.source
    assert (pattern.id in MEASUREMENTS) == (pattern.cannot is None)
    if pattern.cannot is None:
        assert pattern.low is not None or pattern.high is not None
        assert set(MEASUREMENTS[pattern.id].see) <= set(TRIALS)
    else:
        assert not pattern.fits


def test_every_trial_is_looked_at() -> None:
    assert {trial.name for trial in needed(PATTERNS)} == set(TRIALS)


def test_directions_and_bands_have_thirty_seeds() -> None:
    """But the costly ones: chats of thousands, doses, two years of many products."""
    fewer = {trial.name for trial in TRIALS.values() if trial.replicates < 30}
    assert all(name.startswith(("chat_", "dose_", "products")) for name in fewer)
    assert all(trial.replicates >= 10 for trial in TRIALS.values())


# --- The rule of the verdict -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1.2, 1.8, Verdict.MET),
        (1.0, 2.0, Verdict.MET),  # the ends belong to the target
        (0.9, 1.5, Verdict.UNDECIDED),
        (1.5, 2.1, Verdict.UNDECIDED),
        (0.5, 2.5, Verdict.UNDECIDED),
        (0.5, 0.9, Verdict.MISSED),
        (2.1, 2.2, Verdict.MISSED),
        (0.5, 1.0, Verdict.UNDECIDED),
        (math.nan, math.nan, Verdict.UNDECIDED),
    ],
)
def test_the_whole_interval_decides(low: float, high: float, said: Verdict) -> None:
    assert verdict(a_pattern(1.0, 2.0), found(low, high)) is said


def test_open_ends_reach_everywhere() -> None:
    assert verdict(a_pattern(low=0.3), found(0.3, 1e9)) is Verdict.MET
    assert verdict(a_pattern(high=0.3), found(-1e9, 0.3)) is Verdict.MET


def test_more_than_nothing_is_more_than_nothing() -> None:
    assert verdict(a_pattern(0.0), found(0.0, 0.0)) is Verdict.MET
    assert verdict(a_pattern(0.0, strict=True), found(0.0, 0.0)) is Verdict.MISSED
    assert verdict(a_pattern(0.0, strict=True), found(0.0, 0.1)) is Verdict.UNDECIDED
    assert verdict(a_pattern(0.0, strict=True), found(0.01, 0.1)) is Verdict.MET


def test_what_cannot_be_put_has_no_other_verdict() -> None:
    assert verdict(a_pattern(), None) is Verdict.CANNOT


# --- Intervals of figures made of sums ---------------------------------------------------------------------------


def test_the_jackknife_of_a_mean_is_the_t_interval() -> None:
    values = np.array([1.0, 4.0, 2.0, 8.0])
    one, sums = finding.of(values), finding.jackknife(np.column_stack((values, np.ones(4))), finding.ratio)
    assert (sums.mean, sums.low, sums.high) == pytest.approx((one.mean, one.low, one.high))


def test_a_ratio_over_nothing_is_unknown() -> None:
    sums = finding.jackknife(np.array([[1.0, 0.0], [2.0, 0.0]]), finding.ratio)
    assert math.isnan(sums.mean)
    assert verdict(a_pattern(0.0), sums) is Verdict.UNDECIDED


def test_one_replicate_decides_nothing() -> None:
    assert verdict(a_pattern(0.0), finding.of([1.0])) is Verdict.UNDECIDED


# --- The runs ----------------------------------------------------------------------------------------------------


def test_threads_change_no_byte() -> None:
    one, two = ([told(each) for each in judged(chosen(CHEAP), replicates=4, threads=n)] for n in (1, 2))
    assert json.dumps(one) == json.dumps(two)


def test_a_seed_changes_the_runs() -> None:
    one, other = (judged(chosen(["P03c"]), replicates=2, seed=seed) for seed in (1, 2))
    assert one[0].finding != other[0].finding


def test_names_choose() -> None:
    assert [each.id for each in chosen(["p03"])] == ["P03a", "P03b", "P03c"]
    assert [each.id for each in chosen(["G04", "g01"])] == ["G01", "G04"]
    assert {each.id for each in chosen(["Viral"])} == {"P05a", "P05b"} == {each.id for each in chosen(["裂变"])}
    with pytest.raises(InputError, match=r"no pattern 'P99'.*Did you mean 'P"):
        chosen(["P99"])


def test_what_is_finished_is_found(tmp_path: Path) -> None:
    first = patterns(CHEAP, replicates=2, out=tmp_path / "found")
    again = patterns(CHEAP, replicates=2, out=tmp_path / "found")
    assert first.made > 0
    assert again.made == 0
    assert [told(each) for each in again.judged] == [told(each) for each in first.judged]
    with pytest.raises(InputError, match="already holds a result"):
        patterns(CHEAP, replicates=3, out=tmp_path / "found")
    assert patterns(CHEAP, replicates=3, out=tmp_path / "found", force=True).made > 0


# --- The command -------------------------------------------------------------------------------------------------


def test_an_unknown_id_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["patterns", "--only", "P03,G99", "--out", str(tmp_path / "no")]) == 2
    told_ = capsys.readouterr().err
    assert "there is no pattern 'G99'" in told_
    assert "Did you mean 'G" in told_
    assert "Traceback" not in told_
    assert not (tmp_path / "no").exists()


def test_json_is_for_programs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = ["patterns", "--only", "P03c,P04", "--replicates", "2", "--quiet", "--json"]
    assert main([*arguments, "--out", str(tmp_path / "made")]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in said["patterns"]] == ["P03c", "P04"]
    assert said["counts"]["cannot"] == 1
    assert said["patterns"][1]["cannot"]["en"]
    assert (tmp_path / "made" / "report.html").is_file()
    assert [told(each) for each in read(tmp_path / "made")] == said["patterns"]


def test_the_table_names_every_pattern(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = ["patterns", "--only", "P03c,P04", "--replicates", "2", "--quiet", "--lang", "zh"]
    assert main([*arguments, "--out", str(tmp_path / "made")]) == 0
    said = capsys.readouterr().out
    assert "P03c" in said
    assert "无法表达" in said


# --- The page ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_pattern_has_its_place_on_the_page(lang: str, tmp_path: Path) -> None:
    curve = finding.Curve([1.0, 2.0], [3.0, 4.0], Text("x", "横"), Text("y", "纵"), target=[3.0, 3.5])
    shown = Finding(0.5, 0.4, 0.6, 30, [0.5, 0.55], curve, Text("a note", "说明"))
    all_ = tuple(Judged(each, verdict(each, None if each.cannot else shown), None if each.cannot else shown)
                 for each in PATTERNS)  # fmt: skip
    answer = PatternsAnswer(folder=tmp_path, tables={}, judged=all_)
    page, lines = render(answer, lang), table(answer, lang)
    assert len(lines) == len(PATTERNS) + 3
    for each in PATTERNS:
        assert f'id="{each.id}"' in page
    assert page.count('class="plot"') == 2 * len(MEASUREMENTS)
    assert "http://" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert page == render(answer, lang)


# --- The whole table ---------------------------------------------------------------------------------------------


@pytest.mark.science
def test_the_whole_table() -> None:
    """Exact limits are met whatever the psychology; all else is reported as it is."""
    found_ = {each.pattern.id: each for each in judged(PATTERNS)}
    for each in found_.values():
        f = each.finding
        print(each.pattern.id, each.verdict, f and f"{f.mean:.4g} [{f.low:.4g}, {f.high:.4g}]")  # noqa: T201
    exact = [each for name, each in found_.items() if each.pattern.family in {"P01", "P03", "P05"}]
    assert len(exact) == 9
    assert {each.pattern.id for each in exact if each.verdict is not Verdict.MET} == set()
    cannot = {name for name, each in found_.items() if each.verdict is Verdict.CANNOT}
    assert cannot == {each.id for each in PATTERNS if each.cannot}
