"""The version of the model: a changed word leaves it, whatever moves a number changes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.lab.store.version import BESIDE, DECISIVE, decisive, meaning, model_version, version_of
from tests.architecture.tree import ROOT

SIM = ROOT / "sim"
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in decisive(SIM).items()}

WORDS = {
    "docstring of a module": ("Tie strength: growth, decay, and tiers", "Ties: growth, decay, and tiers"),
    "docstring of a rule": ("Bounded growth, as in learning curves", "Growth with a bound, as in learning curves"),
    "docstring of a section": ("Chat groups: a cap each, and how many there may be.", "Chat groups."),
    "comment": ("#: People whom one operator of a rank can lead.", "#: Whom one operator can lead."),
    "comment behind a purpose": ("# not drawn at present", "# drawn nowhere"),
    "meaning": ('"quality of these posts"', '"how good these posts are"'),
    "Chinese meaning": ('"品牌内容质量"', '"品牌内容的品质"'),
    "unit": ('"good posts"', '"posts that are good"'),
    "source": ('"saturating response: Hill form"', '"Hill 1910"'),
    "range": ('0.0149, "probability", 0, 1, "chance of joining', '0.0149, "probability", 0, 0.9, "chance of joining'),
    "scope of a section": ('class Groups(Section, scope="group")', 'class Groups(Section, scope="plan")'),
    "scope of a parameter": ('"Ren & Kraut 2014", scope="group"', '"Ren & Kraut 2014"'),
    "meaning of a block": ('"who is out there", "市场"', '"the people", "市场"'),
    "meaning of a mapping": ('description="dotted parameter → value (numbers and switches)"', 'description="what"'),
    "meaning of a column of state": ('"group they belong to"', '"their group"'),
    "words of a measure": ('"people with a strong tie"', '"people whose tie is strong"'),
    "text of an error that is raised": ('"the market is empty"', '"nobody is out there"'),
    "hint of an error": ('hint="Name a file in it."', 'hint="Name one of its files."'),
    "text of a contradiction": ("the shares of hours add up to", "hours add up to"),
}
NUMBERS = {
    "constant of a rule": ("0.5 + (satisfaction - 0.5) * kept", "0.4 + (satisfaction - 0.5) * kept"),
    "operator of a rule": ("gap = experience - expected", "gap = experience + expected"),
    "comparison in a rule": ("if gap > tolerance:", "if gap >= tolerance:"),
    "default": ('70.0, "days", 0.5', '71.0, "days", 0.5'),
    "default that is a choice": ('"matched", "who they are', '"random", "who they are'),
    "default of a switch": ('flag(True, "people leave"', 'flag(False, "people leave"'),
    "default of an item": ("organic=0.0006", "organic=0.0007"),
    "name of an item": ('Channel(name="search"', 'Channel(name="engines"'),
    "type of a parameter": ("posts: float = par(0.243", "posts: int = par(0.243"),
    "order of fields": ("tribes: int = par(12", "clans: int = par(12"),
    "number of a purpose": ("NOTICE = 14", "NOTICE = 15"),
    "key of luck": ("0x9E3779B97F4A7C15", "0x9E3779B97F4A7C17"),
    "constant of the plan": ('"manager": 6', '"manager": 7'),
    "formula of a table": ("cost[day, origin] / 100.0", "cost[day, origin] / 10.0"),
    "column of a table": ('"noticed": run.noticed[day, origin]', '"heard": run.noticed[day, origin]'),
    "market": ("_TRIALS = 4", "_TRIALS = 5"),
    "order of the playbook": ("sorted(over)]", "sorted(over, reverse=True)]"),
    "what is refused": ("if shares > 1.0 + 1e-9:", "if shares > 1.1:"),
}


def edited(old: str, new: str) -> tuple[str, str]:
    """The meaning of the decisive source that has a text, and of the same with another text in its place."""
    holders = [text for text in TEXTS.values() if old in text]
    assert holders, f"no source has {old!r} any longer: choose another example"
    return meaning(holders[0]), meaning(holders[0].replace(old, new))


@pytest.mark.parametrize("change", WORDS.values(), ids=list(WORDS))
def test_words_do_not_count(change: tuple[str, str]) -> None:
    before, after = edited(*change)
    assert after == before


@pytest.mark.parametrize("change", NUMBERS.values(), ids=list(NUMBERS))
def test_what_moves_a_number_counts(change: tuple[str, str]) -> None:
    before, after = edited(*change)
    assert after != before


@pytest.mark.parametrize("name", TEXTS)
def test_comments_and_layout_do_not_count(name: str) -> None:
    text = TEXTS[name]
    spaced = text.replace("\n\n\ndef ", "\n\n\n\n# A comment.\n\ndef ") + "\n# The end.\n"
    assert meaning(spaced) == meaning(text)


DECLARED = "satisfaction = f8(0.5, 'satisfaction', '0 to 1, .5 is the middle')"
MEASURED = (
    "Measure('strong', 'level', 'people', 1, 'strong ties', '强关系', lambda c: c['strong'], 'with a tie', headline=1)"
)


@pytest.mark.parametrize(
    ("text", "old", "new", "counts"),
    [
        (DECLARED, "'satisfaction'", "'share'", False),
        (DECLARED, "'0 to 1, .5 is the middle'", "'how content they are'", False),
        (DECLARED, "0.5", "0.4", True),
        (DECLARED, "f8", "f4", True),
        (DECLARED, "satisfaction =", "content =", True),
        (MEASURED, "'strong ties'", "'ties'", False),
        (MEASURED, "'with a tie'", "f'{1}'", False),
        (MEASURED, "'people', 1,", "'persons', -1,", False),
        (MEASURED, "'strong', 'level'", "'strong', 'flow'", True),
        (MEASURED, "c['strong']", "c['weak']", True),
        (MEASURED, "headline=1", "headline=2", True),
        ("x = other('text')", "text", "words", True),
        ("def f():\n    m = 'a'\n    raise E(m, n)", "'a'", "'b'", False),
        ("def f():\n    m = 'a'\n    return m", "'a'", "'b'", True),
        ("def f():\n    raise ValueError('a')", "'a'", "f'{b}'", False),
        ("def f():\n    raise ValueError('a')", "ValueError", "TypeError", True),
        ("assert x, 'a'", "'a'", "'b'", False),
        ("assert x, 'a'", "x", "y", True),
        ("X = 1\n'''What it is.'''", "What", "How", False),
        ("x: int = 1", "int", "float", True),
    ],
)
def test_declarations_and_errors(text: str, old: str, new: str, counts: bool) -> None:
    assert (meaning(text) != meaning(text.replace(old, new, 1))) == counts


def test_trees_are_written_the_same_under_every_version_of_python() -> None:
    function = 'def f(self, *, x: float = -1e-3) -> str:\n        return f"{x!r:>{2}}é"\n'
    assert meaning(f'class A(B, scope="a"):\n    """Doc."""\n    {function}') == (
        "Module(body=[ClassDef(name=str:'A';bases=[Name(id=str:'B';)]body=[FunctionDef(name=str:'f';"
        "args=arguments(args=[arg(arg=str:'self';)]kwonlyargs=[arg(arg=str:'x';annotation=Name(id=str:'float';))]"
        "kw_defaults=[UnaryOp(op=USub()operand=Constant(value=float:0.001;))])body=[Return(value=JoinedStr(values="
        "[FormattedValue(value=Name(id=str:'x';)conversion=int:114;format_spec=JoinedStr(values=[Constant(value=str:'>';)"
        "FormattedValue(value=Constant(value=int:2;)conversion=int:-1;)]))Constant(value=str:'\\xe9';)]))]"
        "returns=Name(id=str:'str';))])])"
    )


@pytest.fixture(scope="module")
def _copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy") / "sim"
    shutil.copytree(SIM, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def copy(_copied: Path, tmp_path: Path) -> Path:
    shutil.copytree(_copied, tmp_path / "sim")
    return tmp_path / "sim"


def test_the_same_sources_elsewhere_have_the_same_version(copy: Path) -> None:
    assert version_of(copy) == model_version() == version_of(SIM)


def test_every_part_of_the_list_is_there() -> None:
    assert [each for each in DECISIVE if not any(SIM.glob(each))] == []
    assert [each for each in BESIDE if not (SIM / each).is_file()] == []


@pytest.mark.parametrize(
    "name", ["cli/new.py", "views/pages/new.py", "lab/questions/new.py", "lab/estimators/new.py", "scenario/new.py"]
)
def test_files_that_ask_or_show_do_not_count(copy: Path, name: str) -> None:
    before = version_of(copy)
    (copy / name).write_text("X = 1\n", encoding="utf-8")
    (copy / "model" / "warm.py").write_text("X = 1\n", encoding="utf-8")
    assert version_of(copy) == before


@pytest.mark.parametrize("name", ["engine/new.py", "engine/rules/new.py", "market/new.py", "model/new.py",
                                  "scenario/sections/new.py"])  # fmt: skip
def test_a_new_file_where_numbers_are_made_counts(copy: Path, name: str) -> None:
    before = version_of(copy)
    (copy / name).write_text("X = 1\n", encoding="utf-8")
    assert version_of(copy) != before


def test_an_act_more_counts(copy: Path) -> None:
    path = next(path for path in sorted((copy / "engine").rglob("*.py")) if "def leave(me" in path.read_text("utf-8"))
    before = version_of(copy)
    with path.open("a", encoding="utf-8") as file:
        file.write(
            '\n\n@compiled(merged=True)\ndef rest(me: Any) -> None:\n    """Do nothing."""\n    me.lift *= 0.5\n'
        )
    assert version_of(copy) != before
