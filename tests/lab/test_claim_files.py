"""Files of claims, their mistakes, the command and the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sim.cli import main
from sim.lab.claims.definition import Claim
from sim.lab.claims.files import load_claim, load_claims, shipped_claims
from sim.lab.claims.missing import missing
from sim.lab.claims.play import judged, lives, name_of, runs
from sim.lab.questions.claims import ClaimsAnswer, chosen, claims, read, told
from sim.views.pages.claims import missing_table, render, table

CLAIM = """\
essay: [E1]
title: {en: What to promise, zh: 承诺多少}
text: {en: A promise., zh: 承诺。}
set: {entrance.seeds.number: 20}
arms:
  control: {name: {en: little, zh: 少}, set: {culture.promise: 0.2}}
  treatment: {name: {en: much, zh: 多}, set: {culture.promise: 0.9}}
outcome: {measure: members}
expect: {relation: sign}
matters: {by: 1, unit: people}
implied_by: [entrance.consideration.promise]
budget: {people: 150, days: 20, replicates: 6}
limits: {en: Much., zh: 很多。}
"""
DOSE = re.sub(
    r"arms:\n.*\n.*\n", "dose: culture.promise\nlevels: [0.1, 0.5, 0.9]\naxis: {en: promise, zh: 承诺}\n", CLAIM
).replace("sign", "inner_peak")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "C18.yaml"
    path.write_text(CLAIM, encoding="utf-8")
    return path


# --- Reading -----------------------------------------------------------------------------------------------------


def test_a_file_states_only_what_differs(file: Path) -> None:
    claim = load_claim(file)
    control, treatment = (arm.shipped for arm in claim.arms)
    assert (control.culture.promise, treatment.culture.promise) == (0.2, 0.9)
    assert control.entrance.seeds.number == treatment.entrance.seeds.number == 20
    assert (control.market.people, control.run.days, claim.replicates) == (150, 20, 6)
    assert claim.arms[0].neutral
    assert claim.arms[0].neutral.entrance.consideration.promise == 0.0
    assert claim.implied == {"entrance.consideration.promise": 0.0}
    assert load_claim(file, seed=99).arms[0].shipped.run.seed == 99


def test_levels_of_a_dose(tmp_path: Path) -> None:
    path = tmp_path / "C18a.yaml"
    path.write_text(DOSE, encoding="utf-8")
    claim = load_claim(path)
    assert claim.doses == (0.1, 0.5, 0.9)
    assert [arm.shipped.culture.promise for arm in claim.arms] == [0.1, 0.5, 0.9]
    assert (claim.id, claim.family) == ("C18a", "C18")


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("expect:", "expects: 1\nexpect:", "9:1", "unknown key 'expects' in a claim; expected one of"),
        ("measure: members", "measure: membres", "8:20", "outcome.measure is \"membres\"; expected"),
        ("relation: sign", "relation: sing", "9:20", "expect.relation is \"sing\"; expected one of sign, monotone"),
        ("[entrance.consideration.promise]", "[entrance.consideration.promis]", "11:14", "unknown key 'entrance.cons"),
        ("[entrance.consideration.promise]", "[entrance.consideration.base]", "11:14", "has no neutral value; exp"),
        ("[entrance.consideration.promise]", "[culture]", "11:14", "'culture' is no effect; expected"),
        (", zh: 承诺。}", "}", "3:7", "text.zh is missing; expected text in Chinese"),
        ("en: Much., ", "", "13:9", "limits.en is missing; expected text in English"),
        ("zh: 很多。", "zh: 7", "13:25", "limits is 7; expected text"),
        ("limits:", "limit:", "13:1", "unknown key 'limit' in a claim"),
        ("culture.promise: 0.9", "culture.promis: 0.9", "7:62", "unknown key 'culture.promis'"),
        ("culture.promise: 0.9", "culture.promise: 9", "7:63", "culture.promise is 9; expected a number from 0 to 1"),
        ("unit: people", "unit: RMB", "10:24", "matters.unit is \"RMB\"; expected one of people"),
        ("by: 1", "by: 0", "10:15", "matters.by is 0; expected a number above 0"),
        ("days: 20", "days: 0", "12:29", "budget.days is 0; expected a whole number above 0"),
        ("treatment: {name", "treated: {name", "7:3", "unknown key 'treated' in arms; expected one of"),
        ("essay: [E1]", "essay: [E9]", "1:8", "essay is [\"E9\"]; expected a list of E0 to E4"),
        ("set: {entrance", "base: basis\nset: {entrance", "4:7", "there is no scenario 'basis'"),
        ("arms:", "levels: [1, 2]\narms:", "5:9", "levels is [1, 2]; expected nothing"),
        ("outcome: {measure: members}", "outcome: {measure: members, day: 30}", "8:10", "expected days from 0 to 20"),
        ("budget:", "money: {tolerance: 0.1}\nbudget:", "12:8", "money.how is missing; expected a text in both"),
        ("budget:", "neutral: {culture.identity: x}\nbudget:", "12:29", "neutral.culture.identity is \"x\""),
        ("sign}", "threshold}", "", "expect.level is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(
    old: str, new: str, place: str, words: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(CLAIM.replace(old, new), encoding="utf-8")
    assert main(["claims", str(file), "--out", str(file.parent / "no")]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert f"{file}:{place}" in said
    assert "Traceback" not in said
    assert not (file.parent / "no").exists()


def test_all_mistakes_are_told_at_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(
        CLAIM.replace("members", "membres").replace("by: 1", "by: -1").replace("0.9", "2"), encoding="utf-8"
    )
    assert main(["claims", str(file)]) == 2
    assert capsys.readouterr().err.count("error:") == 3


def test_what_all_arms_state_is_told_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(CLAIM.replace("entrance.seeds.number: 20", "entrance.seeds.number: -2"), encoding="utf-8")
    assert main(["claims", str(file)]) == 2
    assert capsys.readouterr().err.count("error:") == 1


@pytest.mark.parametrize("name", ["claim.yaml", "C7.yaml", "C18x.yaml"])
def test_a_file_is_named_after_its_claim(name: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = file.with_name(name)
    file.rename(other)
    assert main(["claims", str(other)]) == 2
    assert f"the file is called '{name}'; expected a name such as C08.yaml" in capsys.readouterr().err


def test_no_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "no_such.yaml"]) == 2
    assert "there is no file 'no_such.yaml'" in capsys.readouterr().err


# --- Living ------------------------------------------------------------------------------------------------------


def test_the_same_plan_is_lived_once(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "C19.yaml"
    other.write_text(CLAIM.replace("measure: members", "measure: weak").replace("replicates: 6", "replicates: 8"))
    both = load_claims([file, other])
    assert len(lives(both)) == 4  # control and treatment, as shipped and at neutral
    assert runs(lives(both)) == 32
    assert name_of(both[0].arms[0].shipped) == name_of(both[1].arms[0].shipped)
    alone = [told(each) for each in judged(both[:1], threads=1)]
    assert [told(each) for each in judged(both, threads=2)][:1] == alone


def test_shipped_lives_are_shared() -> None:
    shared = load_claims([path for path in shipped_claims() if path.stem in {"C01a", "C01b"}])
    assert len(lives(shared)) == 8  # not 12
    assert sum(life.replicates for life in lives(load_claims()).values()) < 10500


def test_what_is_finished_is_found(file: Path, tmp_path: Path) -> None:
    first = claims([file], out=tmp_path / "found")
    again = claims([file], out=tmp_path / "found")
    assert (first.made, again.made) == (24, 0)
    assert [told(each) for each in again.judged] == [told(each) for each in first.judged]
    assert [told(each) for each in read(tmp_path / "found", load_claims([file]))] == [
        told(each) for each in first.judged
    ]
    with pytest.raises(Exception, match="already holds a result"):
        claims([file], replicates=7, out=tmp_path / "found")


# --- The command and the page ------------------------------------------------------------------------------------


def test_json_is_for_programs(file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["claims", str(file), "--quiet", "--json", "--out", str(tmp_path / "made")]) == 0
    said = json.loads(capsys.readouterr().out)
    (row,) = said["claims"]
    assert row["id"] == "C18"
    assert row["verdict"] in said["counts"]
    assert row["shipped"]["low"] <= row["shipped"]["mean"] <= row["shipped"]["high"]
    assert row["neutral"]["arms"][1]["role"] == "treatment"
    assert len(said["missing"]) == len(missing())
    assert (tmp_path / "made" / "report.html").is_file()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_and_the_page(lang: str, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "C19.yaml"
    other.write_text(DOSE, encoding="utf-8")
    answer = claims([file, other], out=tmp_path / "made")
    page, lines = render(answer, lang), table(answer, lang)
    assert len(lines) == len(answer.judged) + 3
    for each in answer.judged:
        assert f'id="{each.claim.id}"' in page
        assert each.claim.limits.in_(lang) in page
    assert page.count('class="plot"') == 3  # two effects, one curve
    assert all(each.id in page for each in missing())
    assert "http://" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert page == render(answer, lang)
    assert not re.search(r"[{}]", re.sub(r"<(script|style)[ >].*?</\1>", "", page, flags=re.DOTALL))


def test_every_claim_of_the_essays_has_a_file_or_says_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    shipped = {each.stem.rstrip("abcdefgh") for each in shipped_claims()}
    lacking = {each.id for each in missing()}
    assert shipped | lacking == {f"C{number:02}" for number in range(1, 60)}
    assert not shipped & lacking
    assert main(["claims", "--missing", "--json"]) == 0
    assert {row["id"] for row in json.loads(capsys.readouterr().out)["missing"]} == lacking
    for each in missing():
        assert each.lacks
        assert all(text.en and re.search(r"[\u4e00-\u9fff]", text.zh) for text in (each.text, *each.lacks))
    assert len(missing_table("zh")) == len(lacking) + 1


def test_names_choose(capsys: pytest.CaptureFixture[str]) -> None:
    known = load_claims()
    assert [each.id for each in chosen(known, ["c01"])] == ["C01a", "C01b", "C01c"]
    assert [each.id for each in chosen(known, ["裂变"])] == ["C10"]
    assert main(["claims", "--only", "C54"]) == 2
    assert "claim 'C54' has no experiment yet. It lacks: visible gains" in capsys.readouterr().err
    assert main(["claims", "--only", "C99"]) == 2
    assert "there is no claim 'C99'" in capsys.readouterr().err


@pytest.mark.parametrize("claim", load_claims(), ids=lambda claim: claim.id)
def test_a_shipped_claim_is_whole(claim: Claim) -> None:
    texts = [claim.title, claim.text, claim.limits, *([claim.money.how] if claim.money else [])]
    texts += [arm.name for arm in claim.arms if arm.at is None] + ([claim.axis] if claim.axis else [])
    for text in texts:
        assert re.search(r"[a-z]{2}", text.en)
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
    assert claim.essays
    assert claim.replicates >= 20


def test_an_answer_counts(tmp_path: Path) -> None:
    assert ClaimsAnswer(folder=tmp_path, tables={}, judged=()).missing == ()
