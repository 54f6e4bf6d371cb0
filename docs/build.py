"""Writes what the code says into docs: model.md, and the tables of evidence.md and claims.md (prose from docs/odd).

python docs/build.py            write them
python docs/build.py --check    exit with 1 if one is not what the code says
"""

from __future__ import annotations

import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # describe this clone, whatever is installed


import sim.engine.rules
from sim.engine.compiled import is_compiled, plain
from sim.engine.day.evening import evening
from sim.engine.day.morning import derive, morning
from sim.engine.day.person import live
from sim.engine.draws import Purpose
from sim.engine.records import Record
from sim.engine.state.board import Today, Voice
from sim.engine.state.people import Person
from sim.engine.state.plan import Derived
from sim.lab.claims.definition import Claim
from sim.lab.claims.files import load_claims
from sim.lab.claims.missing import missing
from sim.lab.evidence.measurements import MEASUREMENTS
from sim.lab.evidence.pattern import GROUPS, Group, Pattern
from sim.lab.evidence.table import PATTERNS
from sim.model.measures import columns
from sim.scenario.catalogue import Parameter, number, parameters

MODEL = HERE / "model.md"
TEMPLATE = HERE / "odd" / "template.md"
EVIDENCE = HERE / "evidence.md"
PROSE = HERE / "odd" / "evidence.md"
CLAIMS = HERE / "claims.md"
PROSE_OF_CLAIMS = HERE / "odd" / "claims.md"
HEADINGS: dict[Group, str] = {"gate": "Gates", "published": "Patterns of the literature", "range": "Plausible ranges"}
MARKS = {"V": "published", "C": "computed", "M": "from memory", "D": "design choice"}
Function = Callable[..., Any]

_ROLE = re.compile(r":\w+:`~?([^`]+)`")


def model() -> str:
    """The whole description."""
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, part in parts().items():
        if f"{{{{{name}}}}}" not in text:
            message = f"{TEMPLATE.name} has no place for {name}"
            raise ValueError(message)
        text = text.replace(f"{{{{{name}}}}}", part)
    return text


def parts() -> dict[str, str]:
    """What the code contributes, by the name of its place in the template."""
    known = {parameter.key: parameter for parameter in parameters()}
    days, people = known["run.days"], known["market.people"]
    return {
        "days": number(days.default),
        "most_days": f"{days.high:,.0f}",
        "people": number(people.default),
        "most_people": f"{people.high:,.0f}",
        "columns": columns_of(Person),
        "board": columns_of(Today),
        "derived": columns_of(Derived),
        "voices": columns_of(Voice),
        "schedule": table("part step what", schedule()),
        "purposes": ", ".join(purpose.name.lower().replace("_", " ") for purpose in Purpose) + ".",
        "series": table(
            "column kind unit meaning 含义",
            ((m.name, m.kind, m.unit, m.meaning("en"), m.meaning("zh")) for m in columns()),
        ),
        "rules": "\n\n".join(rules()),
        "acts": "\n\n".join(described(act) for act in steps(live)),
        "settling": "\n\n".join(described(step) for part in (morning, evening) for step in steps(part)),
        "parameters": table(
            "key default unit range scope meaning 含义 source origin plausible reason", map(row, parameters())
        ),
    }


def evidence() -> str:
    """The whole table of patterns."""
    text = PROSE.read_text(encoding="utf-8")
    for group in GROUPS:
        rows = [pattern_row(each) for each in PATTERNS if each.group == group]
        text += f"\n## {HEADINGS[group]}\n\n{table('id pattern 规律 target source use measured', rows)}\n"
    return text


def pattern_row(pattern: Pattern) -> tuple[object, ...]:
    """A pattern's row of the table."""
    low, high = ("" if end is None else f"{end:g}" for end in (pattern.low, pattern.high))
    target = f"{low} … {high}".strip() if low or high else "none"
    target += " (ends apart)" if pattern.strict else ""
    measured = pattern.what.en
    if pattern.cannot is not None:
        measured += f" Cannot be put: {pattern.cannot.en}"
    else:
        measured += f" Trials: {', '.join(MEASUREMENTS[pattern.id].see)}."
    use = "may guide values" if pattern.fits else "untouched"
    return pattern.id, *pattern.title, target, f"{pattern.source} ({MARKS[pattern.mark]})", use, measured


def claims() -> str:
    """The claims with an experiment, and those without."""
    heads = "id claim 主张 relation outcome matters spends implied_by"
    text = PROSE_OF_CLAIMS.read_text(encoding="utf-8") + table(heads, map(claim_row, load_claims())) + "\n"
    rows = [(each.id, *each.text, ", ".join(name.en for name in each.lacks)) for each in missing()]
    return text + f"\n## Claims without an experiment\n\n{table('id claim 主张 lacks', rows)}\n"


def claim_row(claim: Claim) -> tuple[object, ...]:
    """A claim's row of the table."""
    outcome = claim.outcome
    when = f"day {outcome.day}" if outcome.read == "at" else f"{outcome.read} of days {outcome.since} to {outcome.day}"
    relation = claim.relation.replace("_", " ") + ("" if claim.direction > 0 else ", falling")
    relation += f" of {claim.level:g}" if claim.relation == "threshold" else ""
    relation += f" over {', '.join(f'{dose:g}' for dose in claim.doses)}" if claim.doses else ""
    spends = f"within {100 * claim.money.tolerance:g} %: {claim.money.how.en}" if claim.money else "not the point"
    implied = ", ".join(f"`{key}` = {value}" for key, value in claim.implied.items()) or "none"
    matters = f"{claim.matters:g} {outcome.what.unit}"
    return claim.id, claim.text.en, claim.text.zh, relation, f"{outcome.measure}, {when}", matters, spends, implied


def table(heads: str, rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [heads.split(), ["---"] * len(heads.split())]
    lines += [[str(cell).replace("|", "\\|").replace("*", "\\*") for cell in cells] for cells in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def columns_of(record: type[Record]) -> str:
    """The table of a record's columns."""
    rows = ((c.name, c.code, c.unit, c.initial, c.meaning) for c in record.columns())
    return table("name dtype unit start meaning", rows)


def steps(part: Function) -> list[Function]:
    """The functions that a part of the day calls, in order; not the small ones that are copied in."""
    found: dict[str, Function] = {}
    for line in inspect.getsource(plain(part)).splitlines():
        for name in re.findall(r"\b(\w+)\(", line):
            step: Any = plain(part).__globals__.get(name)
            if is_compiled(step) and step is not part and not plain(step).__dict__["compiled_options"]["inline"]:
                found[name] = step
    return list(found.values())


def schedule() -> Iterator[tuple[str, str, str]]:
    """Part of the day, step, and what it does in one sentence."""
    day: dict[str, Function] = {
        "morning": morning,
        "morning, for each arm": derive,
        "each person": live,
        "evening": evening,
    }
    for part, function in day.items():
        for step in steps(function):
            yield part, f"`{plain(step).__name__}`", told(step).partition("\n\n")[0].replace("\n", " ")


def rules() -> Iterator[str]:
    """Every rule, by module in the order in which the package lists them."""
    names = [name for _, name, _ in pkgutil.iter_modules(sim.engine.rules.__path__)]
    for name in sorted(names, key=lambda name: (sim.engine.rules.__doc__ or "").find(f"\n{name} ")):
        module = import_module(f"sim.engine.rules.{name}")
        functions = [
            value
            for value in vars(module).values()
            if is_compiled(value) and plain(value).__module__ == module.__name__
        ]
        yield f"**{name.capitalize()}.** {module.__doc__}"
        yield from map(described, functions)


def described(function: Function) -> str:
    """A function's name, arguments, place and text."""
    source = plain(function)
    path = source.__module__.replace(".", "/")
    path += "/__init__" if (HERE.parent / path).is_dir() else ""
    arguments = ", ".join(inspect.signature(source).parameters)
    return f"`{source.__name__}({arguments})` ([source](../{path}.py))  \n{told(function)}"


def told(function: Function) -> str:
    """A function's docstring as Markdown."""
    text = inspect.cleandoc(plain(function).__doc__ or "")
    return _ROLE.sub(r"`\1`", text).replace("``", "`").replace("*", "\\*")


def row(parameter: Parameter) -> tuple[object, ...]:
    """A parameter's row of the table."""
    default = parameter.default
    if parameter.numeric and not isinstance(default, bool) and default is not None:
        default = number(default)
    elif default in (None, "", [], {}):
        default = "none"
    allowed = ", ".join(parameter.choices) if parameter.choices else interval(parameter)
    told = parameter.scope, parameter.en, parameter.zh, parameter.source
    return f"`{parameter.key}`", default, parameter.unit, allowed, *told, *origin(parameter)


def origin(parameter: Parameter) -> tuple[str, str, str]:
    """Where a behavioural parameter's value comes from, how far it may lie elsewhere, and why; empty for a lever."""
    found = parameter.origin
    if found is None:
        return "", "", ""
    assumed = ", sign assumed" if found.sign_assumed else ""
    return found.kind + assumed, f"{number(found.low)} … {number(found.high)}", found.en


def interval(parameter: Parameter) -> str:
    """The allowed numbers, empty where all are."""
    low = "" if parameter.low is None else number(parameter.low)
    high = "" if parameter.high is None else number(parameter.high)
    return f"{low} … {high}".strip() if low or high else ""


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or compare them with what the code says."""
    status = 0
    for path, text in ((MODEL, model()), (EVIDENCE, evidence()), (CLAIMS, claims())):
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            print(f"{path} is not what the code says: run python docs/build.py", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
