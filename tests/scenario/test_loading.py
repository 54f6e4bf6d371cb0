"""Reading scenarios: what is refused and where, extending, options, and reading back what was written."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sim.errors import InputError, InputErrors
from sim.lab.designs.pointsfile import read_csv
from sim.lab.designs.vary import parse_vary
from sim.scenario import (
    Loaded,
    Parameter,
    Scenario,
    difference,
    find_scenario,
    flat,
    load,
    parameters,
    phases,
    to_yaml,
    transplant,
    with_changes,
)
from sim.scenario.yaml12 import read_value

CASE = "case.yaml"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str | bytes, name: str = CASE) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return name


def read(text: str, *overrides: str) -> Scenario:
    return load(write(text), overrides).scenario


def message(text: str | bytes, *overrides: str) -> str:
    with pytest.raises(InputError) as caught:
        load(write(text), overrides)
    return str(caught.value)


BAD: list[tuple[str | bytes, str, str]] = [
    # the file, the place, a part of the message
    ("marke:\n  people: 5\n", "1:1", "unknown key 'marke'.*Did you mean 'market'?"),
    ("market:\n  peple: 5\n", "2:3", "unknown key 'peple' in market.*Did you mean 'people'?"),
    ("market.people: 5\n", "1:1", "Write market: {people: …}"),
    ("quality: 0.5\n", "1:1", "'mechanism.content.quality'"),
    ("market:\n  people: '500'\n", "2:11", 'is "500"; expected a whole number.*Remove the quotes.'),
    ("mechanism: {content: {quality: '0.5'}}", "1:32", 'is "0.5"; expected a number.*Remove the quotes.'),
    ("market: {people: 3.0}", "1:18", "is 3.0; expected a whole number from 1 to 20000000 (people). Write 3."),
    ("market: {people: true}", "1:18", "is true; expected a whole number"),
    ("culture: {breadth: false}", "1:20", "is false; expected a number from 0 to 1 (share)"),
    ("market: {people: 1_000}", "1:18", 'is "1_000".*Write 1000.'),
    ("carrier:\n  groups:\n    cap: 1,000\n", "3:10", 'is "1,000".*Write 1000.'),
    ("culture: {promise: 50%}", "1:20", 'is "50%".*Write 0.5.'),
    ("culture: {promise: 1.5}", "1:20", "culture.promise is 1.5; expected a number from 0 to 1 (experience)"),
    ("culture: {promise: 12:30}", "1:20", 'is "12:30"; expected a number'),
    ("culture: {promise: 2024-01-01}", "1:20", 'is "2024-01-01"; expected a number'),
    ("run: {days: null}", "1:13", "is null.*Leave the key out for the default, 365."),
    ("switches: {kols: yes}", "1:18", 'is "yes"; expected true or false. Write true.'),
    ("switches: {kols: off}", "1:18", "Write false."),
    ("switches: {kols: 1}", "1:18", "is 1; expected true or false. Write true."),
    ("market: {network: {kind: smallworld}}", "1:26", "expected one of homophilous, .*Did you mean 'small_world'?"),
    ("run: {currency: 5}", "1:17", "is 5; expected text. Put it in quotes."),
    ("name: 'a b'", "1:7", 'name is "a b"; a name has letters'),
    ("budget: {cap: lots}", "1:15", 'budget.cap is "lots"; expected a number from 0 to .* or null'),
    ("market: 5\n", "1:9", "market is 5; expected a mapping. Its keys are people"),
    ("structure: {kols: }\n", "1:18", "structure.kols is null.*Write [] for none."),
    ("structure: {kols: [host]}\n", "1:20", 'structure.kols.0 is "host"; expected a mapping'),
    (
        "structure:\n  kols:\n    hots: {quality: 0.5}\n",
        "3:5",
        "no item 'hots'; expected one of host. Did you mean 'host'?",
    ),
    ("structure:\n  kols:\n    host: {qualty: 0.5}\n", "3:12", "unknown key 'qualty' in structure.kols.host"),
    ("structure:\n  kols:\n  - {name: a}\n  - {name: b, topic: x}\n", "4:22", 'structure.kols.b.topic is "x"'),
    ("structure: {kols: {host: null}}", "1:26", "structure.kols.host is null.*state the list without it"),
    ("structure:\n  kols:\n    - {name: a}\n    - {name: a}\n", "3:5", "the name 'a' is used twice"),
    ("structure: {kols: [{name: a.b}]}", "1:19", "'a.b' cannot be a name"),
    ("structure: {kols: [{name: '7'}]}", "1:19", "'7' cannot be a name"),
    ("goals:\n  - a >= 1\n  - strong_share => 3\n", "3:5", "goals.1 is .*a goal reads 'METRIC >= NUMBER by day DAY'"),
    ("goals: [5]", "1:9", "goals.0 is 5; expected text"),
    ("goals: strong", "1:8", "expected a list of texts"),
    # contradictions
    ("market: {people: 10}", "1:18", "entrance.seeds.number: 30 founding members, and market.people is 10"),
    ("mechanism:\n  ties:\n    weak_enter: 0.05\n", "3:17", "weak_exit: 0.1 is above mechanism.ties.weak_enter (0.05)"),
    ("structure:\n  policy:\n    onboarding: 0.9\n", "3:5", "structure.policy: the shares of hours add up to 1.600"),
    ("business: {rocket: {platform: {after: paid_products}, paid_products: {after: platform}}}", "1:39", "waits for"),
    ("culture: {theme: 12}", "1:18", "tribe 12 does not exist; market.tribes is 12 (0 to 11)"),
    ("market: {tribes: 3}\nstructure: {kols: [{name: a, topic: 9}]}", "2:37", "structure.kols.a.topic: tribe 9"),
    ("budget: {total: 5}", "1:17", "budget.total: budget.rest_to is missing; write on what the rest is spent"),
    (
        "budget: {total: 5, rest_to: entrance.channels.adds.daily_budget}",
        "1:29",
        "cannot be spent on 'entrance.channels.adds.daily_budget'.*expected one of entrance.channels.search"
        ".*did you mean 'entrance.channels.ads.daily_budget'?",
    ),
    ("budget: {rest_to: culture.promise}", "1:19", "the rest cannot be spent on 'culture.promise'; expected one of"),
    ("budget: {rest_to: 5}", "1:19", "budget.rest_to is 5; expected text"),
    (
        "budget:\n  total: 5\n  cap: 4\n  rest_to: mechanism.content.posts_per_week\n",
        "2:10",
        "a total is a cap as well, and budget.cap is 4; write one of them",
    ),
    ("budget: {discount: -0.1}", "1:20", "budget.discount is -0.1; expected a number from 0 to 10 (share/year)"),
    (
        "mechanism: {content: {quality: 1, cost_quality: 5}}",
        "1:32",
        "quality: 1 has no price where.*write .999 at most",
    ),
    (
        "structure: {kols: [{name: a, quality: 1.0, cost_quality: 5}]}",
        "1:39",
        "structure.kols.a.quality: 1 has no price",
    ),
    (
        "structure: {operators: [{name: a, wage_hour: 30, wage_month: 4000}]}",
        "1:46",
        "wage_hour: 30 an hour, and structure.operators.a.wage_month is 4000; state one of them",
    ),
    # the playbook
    ("playbook:\n- set:\n    market.people: 5\n", "3:5", "cannot change during a run: people and whom they know"),
    ("playbook: [{set: {run.days: 5}}]", "1:19", "cannot change during a run: it says how to run"),
    ("playbook: [{set: {entrance.seeds.number: 5}}]", "1:19", "founding members come on day 0"),
    ("playbook: [{set: {budget.cap: 5}}]", "1:19", "what is spent counts from day 0"),
    ("playbook: [{set: {playbook.0.day: 5}}]", "1:19", "a change of plan cannot change the playbook"),
    ("playbook: [{set: {structure.kols.host.name: 5}}]", "1:19", "no number and no switch"),
    ("playbook: [{set: {mechanism.content.qualty: 1}}]", "1:19", "Did you mean 'mechanism.content.quality'?"),
    ("playbook: [{set: {structure.kols.hots.quality: 1}}]", "1:19", "no item 'hots'"),
    (
        "playbook: [{day: 3, set: {mechanism.content.quality: 3}}]",
        "1:54",
        "from day 3: mechanism.content.quality is 3;",
    ),
    (
        "playbook: [{set: {mechanism.content.quality: x}}]",
        "1:46",
        'mechanism.content.quality is "x"; expected a number',
    ),
    ("playbook: [{set: {carrier.groups.cap: 2.5}}]", "1:39", "is 2.5; expected a whole number"),
    ("playbook: [{set: {switches.kols: 1}}]", "1:34", "is 1; expected true or false"),
    ("playbook: [{set: {mechanism: {content: {quality: 1}}}}]", "1:19", "'mechanism' is a block"),
    ("playbook: [{day: 9, set: {mechanism.ties.weak_exit: 0.3}}]", "1:53", "from day 9: mechanism.ties.weak_exit: 0.3"),
    ("playbook: [{day: -1}]", "1:18", "playbook.0.day is -1"),
    ("playbook: [{dya: 1}]", "1:13", "unknown key 'dya' in playbook.0.*Did you mean 'day'?"),
    ("playbook: 5", "1:11", "playbook is 5; expected a list of items"),
    ("playbook: [{set: {arms.a.who.first: 5}}]", "1:19", "cannot change during a run: who is treated how is settled"),
    # arms
    (
        "arms:\n- name: a\n  who: {random: 0.5}\n  set:\n    mechanism.content.posts_per_week: 3\n",
        "5:5",
        "'mechanism.content.posts_per_week' cannot differ between people: it is about the plan.*scope person.*compare",
    ),
    ("arms: [{name: a, who: {first: 5}, set: {carrier.groups.cap: 9}}]", "1:41", "it is about a group"),
    ("arms: [{name: a, who: {first: 5}, set: {mechanism: 9}}]", "1:41", "'mechanism' is a block"),
    ("arms: [{name: a, who: {first: 5}, set: {culture.promis: 1}}]", "1:41", "Did you mean 'culture.promise'"),
    ("arms: [{name: a, who: {first: 5}, set: {culture.promise: 2}}]", "1:58", "in arm 'a': culture.promise is 2"),
    (
        "arms: [{name: a, who: {first: 5}, set: {culture.promise: x}}]",
        "1:58",
        'culture.promise is "x"; expected a numb',
    ),
    ("arms: [{name: a, who: {first: 5}, set: {switches.leaving: 1}}]", "1:59", "is 1; expected true or false"),
    ("arms: [{name: a, who: {first: 5}, set: {mechanism.ties.weak_exit: 0.9}}]", "1:67", "in arm 'a': mechanism.ties"),
    (
        "arms: [{name: a, who: {first: 5}, set: {mechanism.ties.weak_exit: 0.14}}]\n"
        "playbook: [{day: 5, set: {mechanism.ties.weak_enter: 0.12}}]",
        "1:67",
        "in arm 'a': mechanism.ties.weak_exit: 0.14 is above",
    ),
    ("arms: [{name: a, who: {random: 1.5}}]", "1:32", "arms.a.who.random is 1.5; expected a number from 0 to 1"),
    ("arms: [{name: a, who: {}}]", "1:23", "nothing is stated; write one of random, condition, people or first"),
    ("arms: [{name: a, who: {random: 0.5, first: 3}}]", "1:23", "random and first are stated"),
    ("arms: [{name: a, who: {condition: age > 3}}]", "1:35", "'age > 3' cannot be read; .* one of tribe"),
    ("arms: [{name: a, who: {people: [1, x]}}]", "1:36", 'people.1 is "x"; expected a person\'s number'),
    ("arms: [{name: a, who: {people: [9999]}}]", "1:32", "there is no person 9999"),
    ("arms: [{name: a, who: {people: [-1]}}]", "1:32", "persons are numbered from 0"),
    ("arms: [{name: a, who: {first: 3, by: tribe}}]", "1:38", "only what is drawn at random is drawn by tribe"),
    ("arms: [{name: a, who: {random: 0.6}}, {name: b, who: {random: 0.6}}]", "1:63", "1.2 of all would be drawn"),
    ("arms: [{name: none, who: {first: 3}}]", "1:8", "'none' is the name of who is in no arm"),
    (
        "arms: [" + ", ".join(f"{{name: a{k}, who: {{first: 3}}}}" for k in range(9)) + "]",
        "1:240",
        "9 arms; a plan may",
    ),
]


@pytest.mark.parametrize(("text", "place", "part"), BAD, ids=[str(index) for index in range(len(BAD))])
def test_a_bad_file_is_refused_with_its_place(text: str | bytes, place: str, part: str) -> None:
    found = message(text)
    assert found.splitlines()[0].startswith(f"{CASE}:{place}: "), found
    line, at = found.splitlines()[0], 0
    for piece in part.split(".*"):
        at = line.find(piece, at)
        assert at >= 0, f"{piece!r} is not in {line!r}"


def test_many_mistakes_are_told_at_once() -> None:
    text = "market: {people: x, peple: 1}\nrun: {days: 0}\ngoals: [no]\n"
    text += "playbook: [{set: {mechanism.content.quality: 2}}]\n"
    found = message(text, "culture.promise=7", "culture.promies=1").splitlines()
    places = ["case.yaml:1:18", "case.yaml:1:21", "case.yaml:2:13", "case.yaml:3:9", "case.yaml:4:46"]
    assert {line.split(": ")[0] for line in found} == {*places, "--set culture.promise=7", "--set culture.promies=1"}


def test_all_contradictions_are_told_at_once() -> None:
    found = message("mechanism: {ties: {weak_exit: 0.3}}\nstructure: {policy: {onboarding: 0.9}}\n")
    assert len(found.splitlines()) == 2


def test_huge_deep_and_exploding_files_are_refused() -> None:
    assert "larger than 5 MB" in message("#" * 5_000_001)
    assert "deep" in message("run: " + "[" * 3000)
    assert "deep" in message("run: " + "{a: " * 80 + "1" + "}" * 80)
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
    assert "aliases expand to more than" in message(bomb)


def test_the_core_schema_of_yaml_1_2() -> None:
    texts = {"012": 12, "0o17": 15, "0x1F": 31, "1e-3": 0.001, "+.5": 0.5, "-1.": -1.0, "no": "no", "on": "on"}
    texts |= {
        "12:30": "12:30",
        "2024-01-01": "2024-01-01",
        "1_000": "1_000",
        "~": None,
        "TRUE": True,
        "'1'": "1",
        "": None,
    }
    for text, value in texts.items():
        found = read_value(text, "here").plain()
        assert (found, type(found)) == (value, type(value)), text


def test_byte_order_mark_line_ends_anchors_and_merge_keys() -> None:
    assert load(write(b"\xef\xbb\xbfname: a\r\nrun: {days: 5}\r\n")).scenario.run.days == 5
    text = "structure:\n  kols:\n  - &a {name: a, quality: 0.9, warmth: 0.1}\n  - {<<: *a, name: b, warmth: 0.2}\n"
    kols = read(text).structure.kols
    assert [(kol.name, kol.quality, kol.warmth) for kol in kols] == [("a", 0.9, 0.1), ("b", 0.9, 0.2)]


def test_an_empty_block_states_nothing() -> None:
    assert read("name: case\nmarket:\nmechanism:\n  ties:\n") == Scenario(name="case")


def test_whole_numbers_are_fine_where_numbers_are_asked_for() -> None:
    assert read("entrance: {screening: {fee: 3}}").entrance.screening.fee == 3.0


def test_the_order_of_sections_changes_nothing() -> None:
    sections = ["culture: {promise: 0.3}", "run: {days: 9}", "market: {people: 99}", "goals: [a >= 1]", "name: x"]
    sections += ["structure: {kols: {host: {quality: 0.1}}}", "extends: parent.yaml"]
    write("structure: {kols: [{name: host, warmth: 0.9}]}", "parent.yaml")
    expected = read("\n".join(sections))
    for seed in range(5):
        shuffled = random.Random(seed).sample(sections, len(sections))
        assert read("\n".join(shuffled)) == expected


def test_extends_lays_the_child_over_the_parents() -> None:
    write("name: top\ntitle: {en: Top}\nrun: {days: 10, seed: 1}\nculture: {promise: 0.1}\n", "deep/top.yaml")
    write("extends: deep/top\nrun: {days: 20}\nstructure: {kols: [{name: a}, {name: b}]}\n", "middle.yaml")
    loaded = load(
        write("extends: middle.yaml\nstructure: {kols: {b: {quality: 0.8}, 0: {quality: 0.7}}}\n", "child plan.yaml")
    )
    found = loaded.scenario
    assert (found.name, found.title.en) == ("child_plan", "")
    assert (found.run.days, found.run.seed, found.culture.promise) == (20, 1, 0.1)
    assert [(kol.name, kol.quality) for kol in found.structure.kols] == [("a", 0.7), ("b", 0.8)]
    assert [str(file) for file in loaded.files] == ["child plan.yaml", "middle.yaml", str(Path("deep/top.yaml"))]
    assert loaded.sources["run.days"] == "middle.yaml:2:13"
    assert loaded.sources["structure.kols.b.quality"] == "child plan.yaml:2:33"
    assert "market.people" not in loaded.sources


def test_a_mistake_in_a_parent_has_the_parents_place() -> None:
    write("name: p\nrun:\n  days: 0\n", "parent.yaml")
    assert message("extends: parent.yaml\n").startswith("parent.yaml:3:9: run.days is 0")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices of POSIX")
def test_what_may_never_end_is_no_edge_list(special: list[str]) -> None:
    Path("folder").mkdir()
    for name in special:
        for key in ("file", "labels"):
            found = message("{}\n", f"market.network.{key}={name}")
            assert f"market.network.{key}: '{name}' is a pipe, a socket or a device; expected a" in found
        with pytest.raises(InputError, match="is a pipe, a socket or a device"):
            parse_vary(f"market.network.file={name}", Scenario())
        with pytest.raises(InputError, match="is no file"):
            read_csv(Path(name), Scenario())
    assert "market.network.file: 'folder' is a folder" in message("{}\n", "market.network.file=folder")


def test_what_does_not_end_as_a_scenario_is_named_and_not_read() -> None:
    write("token: secret\nanother secret\n", "folder/notes.txt")
    expected = "is no scenario file; expected a file that ends in .yaml, .yml or .json. It was not read."
    assert message("extends: folder/notes.txt\n") == f"case.yaml:1:10: 'folder/notes.txt' {expected}"
    for name in ("folder/notes.txt", Path("folder/notes.txt").absolute()):
        with pytest.raises(InputError) as caught:
            load(name)
        assert str(caught.value) == f"'{name}' {expected}"
    write("secret", "base")  # hides no scenario
    assert find_scenario("base").suffix == ".yaml"
    write('{"run": {"days": 7}}', "parent.json")
    assert read("extends: parent.json\n").run.days == 7
    assert load(write("run: {days: 8}\n", "UPPER.YAML")).scenario.run.days == 8


def test_text_at_the_top_level_is_not_shown() -> None:
    for secret in ("secret\n", "'secret'", "se\ncret\n"):
        write(secret, "parent.yaml")
        assert "cret" not in message("extends: parent.yaml\n")


def test_a_circle_of_parents_is_named() -> None:
    write("extends: b.yaml\n", "a.yaml")
    write("extends: case\n", "b.yaml")
    found = message("extends: a.yaml\n")
    assert found.startswith("b.yaml:1:10: extends goes in a circle: case.yaml → a.yaml → b.yaml → case.yaml")


def test_a_list_replaces_and_a_mapping_changes_by_name() -> None:
    write("structure: {operators: [{name: x}, {name: y}]}", "parent.yaml")
    found = read("extends: parent.yaml\nstructure: {operators: [{name: z}]}\nentrance: {channels: {ads: {trust: 1}}}\n")
    assert [item.name for item in found.structure.operators] == ["z"]
    assert [(item.name, item.trust) for item in found.entrance.channels] == [("search", 0.5), ("ads", 1.0)]
    assert read("structure: {kols: []}").structure.kols == []


def test_scenarios_are_found_by_path_and_by_bare_name() -> None:
    write("name: a", "scenarios/plan.yaml")
    write("name: b", "here.yml")
    assert find_scenario("plan") == Path("scenarios/plan.yaml")
    assert find_scenario("scenarios/plan") == Path("scenarios/plan.yaml")
    assert find_scenario("here") == Path("here.yml")
    for name in ("plna", "scenarios/plna.yaml"):
        with pytest.raises(InputError, match="Did you mean 'plan'"):
            find_scenario(name)
    for name in ("", "..", "scenarios", "a" * 500, "x\0y", "no/such/folder"):
        with pytest.raises(InputError, match="there is no scenario"):
            load(name)


def test_a_name_comes_from_the_file_and_may_be_chinese() -> None:
    for stem, name in {"得到": "得到", "my plan": "my_plan", "-x": "x", "!": "scenario"}.items():
        assert load(write("run: {days: 5}", f"{stem}.yaml")).scenario.name == name


def test_files_of_the_network_belong_to_the_file_that_names_them() -> None:
    write("a,b\n", "data/edges.csv")
    write("market: {network: {file: edges.csv}, people: 100}", "data/parent.yaml")
    loaded = load(write("extends: data/parent.yaml"))
    assert loaded.scenario.market.network.file == str(Path("data/edges.csv").resolve())
    assert "market.people is not used" in loaded.notes[0]
    found = read("name: a", "market.network.file=data/edges.csv")
    assert found.market.network.file == str(Path("data/edges.csv").resolve())
    for odd in ('"a\\0b"', "a" * 500, "''", "data"):
        message(f"market: {{network: {{file: {odd}}}}}")
    assert "Did you mean 'edges.csv'?" in message("market: {network: {file: data/edge.csv}}")


OPTIONS: list[tuple[str, str]] = [
    ("market.people", "there is no '='; expected KEY=VALUE"),
    ("=3", "unknown key ''"),
    ("market.peple=3", "Did you mean 'market.people'?"),
    ("mechansim.content.quality=1", "Did you mean 'mechanism.content.quality'?"),
    ("structure.kols.host.qualty=1", "Did you mean 'structure.kols.host.quality'?"),
    ("quality=3", "'mechanism.content.quality'"),
    ("market.people.x=3", "unknown key 'market.people.x'"),
    ("structure.kols.host.quality=3", "structure.kols.host.quality is 3; expected a number from 0 to 1 (share)"),
    ("structure.kols.hots.quality=0.3", "Did you mean 'host'?"),
    ("structure.kols.5.quality=1", "structure.kols has no item '5'; expected one of host"),
    ("structure.kols.host=3", "expected a mapping"),
    ("market.people=[", "this is not YAML"),
    ("market.people='5'", "Remove the quotes."),
    ("market.people=5.0", "Write 5."),
    ("market.people=1e400", "is not finite"),
    ("market={peple: 3}", "unknown key 'peple' in market"),
    ("market.people=10", "entrance.seeds.number: 30 founding members"),
    ("market.network.file=x.csv", "there is no file 'x.csv'"),
    ("market.inflow=x.csv", "there is no file 'x.csv'"),
    ("mechanism.content.reach=0.1", "Write audience, in people"),
    ("mechanism.content={reach: 0.1}", "Write audience, in people"),
    ("structure.kols.host.reach=0.1", "Write audience, in people"),
    ("structure.kols={host: {reach: 0.1}}", "Write audience, in people"),
    ("structure.kols=[{name: host, reach: 0.1}]", "Write audience, in people"),
    ("mechanism.attention.overload_most=3", "Delete it: overload has no limit any more"),
    ("mechanism.reputation={online_audience: 6000}", "Delete it: at most, the whole market hears"),
    ("mechanism.leaving.lapse_days=30", "Delete it: who counts as silent is a definition now"),
    ("playbook.0.day=4", "playbook has no item '0'"),
    ("run.days=", "is null"),
]


@pytest.mark.parametrize(("option", "part"), OPTIONS, ids=[option for option, _ in OPTIONS])
def test_a_bad_option_is_refused_with_the_option_as_place(option: str, part: str) -> None:
    found = message("name: a", option)
    assert found.startswith(f"--set {option}: "), found
    assert part in found


def test_options_reach_items_blocks_and_lists() -> None:
    options = [
        "structure.kols.host.quality=0.8",
        "structure.kols.0.warmth=1",
        "market={people: 77}",
        "run.days=5",
        "run.days=6",
        "goals=[a >= 1]",
        "playbook=[{day: 2, set: {switches.kols: false}}]",
        "playbook.0.set.mechanism.content.quality=0.9",
        "title.zh=得到",
        "name=x",
    ]
    found = read("name: a\nrun: {days: 4}", *options)
    kol = found.structure.kols[0]
    assert (kol.quality, kol.warmth, found.market.people, found.run.days) == (0.8, 1.0, 77, 6)
    assert found.playbook[0].set == {"switches.kols": False, "mechanism.content.quality": 0.9}
    assert (found.goals, found.title.zh, found.name) == (["a >= 1"], "得到", "x")


def test_changes_are_laid_over_options() -> None:
    write("name: a")
    loaded = load(CASE, ["run.days=5"], {"run.days": 6, "structure.kols": [{"name": "b"}]})
    assert (loaded.scenario.run.days, loaded.scenario.structure.kols[0].name) == (6, "b")
    with pytest.raises(InputErrors, match=r"^run\.days: run\.days is -3"):
        load(CASE, changes={"run.days": -3})


def test_what_may_not_be_meant_is_noted() -> None:
    text = "run: {days: 10}\nplaybook:\n- {day: 10, set: {switches.kols: false}}\ngoals: [a >= 1 by day 11]\n"
    assert load(write(text)).notes == (
        "case.yaml:3:9: the change on day 10 never comes, since run.days is 10",
        "case.yaml:4:9: day 11 of the goal is after the end, since run.days is 10",
    )


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (
            "switches: {content: false}",
            "nothing is spent on mechanism.content.posts_per_week while switches.content is",
        ),
        ("mechanism: {content: {cost_per_post: 0}}", "since one costs less than .01"),
    ],
)
def test_a_rest_that_stays_unspent_is_noted(plan: str, why: str) -> None:
    (note,) = load(write(f"{plan}\nbudget: {{total: 5, rest_to: mechanism.content.posts_per_week}}\n")).notes
    assert note.startswith("case.yaml:2:29: the rest of budget.total stays unspent: ")
    assert why in note


def test_phases_add_up() -> None:
    text = "playbook:\n- {day: 9, set: {culture.promise: 0.9}}\n"
    text += "- {day: 5, set: {culture.promise: 0.5, switches.kols: false}}\n"
    found = phases(read(text))
    assert [(day, plan.culture.promise, plan.switches.kols) for day, plan in found] == [
        (0, 0.45, True),
        (5, 0.5, False),
        (9, 0.9, False),
    ]


# Reading back what was written. Values are drawn for every parameter; contradictory ones are left out by the filter.

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.from_regex(r"[a-z\u4e00-\u9fff][a-z0-9 _\u4e00-\u9fff-]{0,5}[a-z]", fullmatch=True)


def values(entry: Parameter) -> st.SearchStrategy[Any]:
    if entry.type == "bool":
        return st.booleans()
    if entry.type == "int":
        return st.integers(int(entry.low or 0), int(entry.high or 0))
    return st.floats(entry.low, entry.high)


@st.composite
def plans(draw: st.DrawFn) -> Scenario:
    """A scenario with some parameters anywhere in their ranges, and lists of named items."""
    free = [entry for entry in parameters() if entry.type in {"float", "int", "bool"} and "[]" not in entry.key]
    free = [entry for entry in free if not entry.key.startswith(("market.tribes", "culture.theme"))]
    changes: dict[str, Any] = {"title.en": draw(TEXT), "run.currency": draw(TEXT)}
    for entry in draw(st.lists(st.sampled_from(free), max_size=8)):
        changes[entry.key] = draw(values(entry))
    for key in ("structure.kols", "mechanism.activities"):
        names = draw(st.lists(NAMES, max_size=3, unique=True))
        changes[key] = [{"name": name, "quality": draw(st.floats(0, 1))} for name in names]
    days = st.integers(0, 999)
    changes["playbook"] = [{"day": draw(days), "set": {"switches.kols": draw(st.booleans())}}] * draw(st.integers(0, 2))
    changes["goals"] = ["strong_share >= 0.08 by day 18"] * draw(st.integers(0, 2))
    try:
        return with_changes(Scenario(name="plan"), changes)
    except InputErrors:
        return with_changes(Scenario(name="plan"), {"title.en": changes["title.en"]})


QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(plans(), st.sampled_from([None, "en", "zh"]), st.booleans())
@example(Scenario(name="on"), "zh", True)
def test_what_is_written_is_read_back(plan: Scenario, comments: Literal["en", "zh"] | None, defaults: bool) -> None:
    text = to_yaml(plan, comments, defaults=defaults)
    assert read(text) == plan


@QUICK
@given(plans(), plans())
def test_all_levers_together_make_the_other_plan(first: Scenario, second: Scenario) -> None:
    levers = [key for key, _, _ in difference(first, second)]
    moved = transplant(first, second, levers)
    assert difference(moved, second) == []
    assert moved.run == first.run
    assert difference(first, first) == []


@settings(QUICK, max_examples=150)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever is done to a file, what comes is a scenario or an InputError."""
    text = to_yaml(Scenario(name="plan"), defaults=False)
    text += "market: {people: 500, network: {kind: random}}\nstructure:\n  kols:\n    host: {quality: 0.5}\n"
    text += (
        "playbook:\n  - day: 3\n    set: {mechanism.content.quality: 0.9}\ngoals: [a >= 1 by day 3]\nextends: null\n"
    )
    at = data.draw(st.integers(0, len(text)))
    end = min(len(text), at + data.draw(st.integers(0, 6)))
    piece = data.draw(
        st.sampled_from([*"{}[]:,-?&*!|>'\"%@`#\n\t ~0.", "null", "- ", ": ", "<<: ", "é", "1e999", "\0"])
    )
    try:
        assert isinstance(load(write(text[:at] + piece + text[end:])), Loaded)
    except InputError as error:
        assert str(error)


@settings(QUICK, max_examples=100)
@given(st.sampled_from([entry.key.replace("[]", ".0") for entry in parameters()]), st.text(max_size=10))
def test_any_option_is_taken_or_refused(key: str, value: str) -> None:
    write("name: a")
    try:
        load(CASE, [f"{key}={value}"])
    except InputError as error:
        assert str(error)


def test_flat_has_every_parameter() -> None:
    found = flat(Scenario())
    assert found["structure.kols.host.quality"] == 0.6
    missing = [
        entry.key for entry in parameters() if "[]" not in entry.key and entry.type != "list" and entry.key not in found
    ]
    assert missing == []
