"""What users write of factors, ``KEY=SPEC``, checked against the scenario.

======================  ==========================================================================================
SPEC                    values
======================  ==========================================================================================
``a,b,c``               levels: numbers, ``true,false``, choices, files, names of plans; ``null`` where allowed
``low:high:step``       a grid from low, as exact decimals; high is in it if a step ends there
``low:high``            a range, for the samplers lhs, sobol, morris and saltelli
``low:high:log``        a range in which equal ratios are equally likely
======================  ==========================================================================================

A design file may also state a list of levels, or a mapping: ``{low: 0, high: 1, step: 0.1}``, ``{low: 0.01, high: 1,
log: true}``, ``{levels: [1, 2]}``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation, localcontext
from pathlib import Path

from sim.errors import InputError, InputErrors
from sim.lab.designs.factors import PLAN, Factor, Kind, Value, written
from sim.scenario.catalogue import Parameter, check_key, did_you_mean, lookup, parameters, steps
from sim.scenario.load import find_scenario, load, missing_file
from sim.scenario.mistakes import show, unknown_item
from sim.scenario.refusal import refusal
from sim.scenario.schema import Scenario
from sim.scenario.yaml12 import Node, node_of, read_value

MOST_LEVELS = 10_000

KINDS: dict[str, Kind] = {"float": "number", "int": "integer", "bool": "switch", "choice": "choice", "str": "file"}

REFUSED = {
    "name": "it names the scenario and changes nothing",
    "title": "it names the scenario and changes nothing",
    "goals": "goals judge a run and change nothing in it",
    "run.currency": "it names the amounts and changes nothing",
    "run.replicates": "it says how often each point is run; state replicates (--replicates) instead",
    "run.seed": "replicates already differ in their luck; state the seed (--seed) or independent seeds instead",
}
"""What cannot be a factor, with the reason."""

_NUMBER = re.compile(r"[-+]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:[eE][-+]?\d{1,3})?")
_SPAN_KEYS = ("low", "high", "step", "log")
_SPECS = "levels a,b,c; a grid low:high:step; a range low:high or low:high:log"


def parse_vary(text: str, scenario: Scenario, *plans: Scenario, folder: Path = Path()) -> Factor:
    """The factor in one ``--vary KEY=SPEC``.

    Parameters
    ----------
    scenario : what is varied.
    plans : the plans of the factor ``plan``, where there is one. An item of a list has to be in one of them all.
    folder : what files and plans are relative to.

    Raises
    ------
    InputError : an unknown key, one that cannot be varied, or a value that it cannot have; with ``--vary KEY=SPEC``.
    """
    return make_factor(*stated(text), (scenario, *plans), folder)


def stated(text: str) -> tuple[str, Node]:
    """Key and SPEC of ``KEY=SPEC``.

    Raises
    ------
    InputError : there is no such thing in it.
    """
    key, equals, spec = text.partition("=")
    place = f"--vary {text if text.strip() else repr(text)}"
    if not equals or not key.strip() or not spec.strip():
        raise InputError("this is not KEY=SPEC", place=place, expected=f"KEY= and {_SPECS}")
    return key.strip(), Node(spec.strip(), place, place)


def make_factors(
    given: Iterable[tuple[str, Node]], scenario: Scenario, folder: Path, plans: Sequence[Scenario] = ()
) -> tuple[Factor, ...]:
    """Factors from keys and what is stated of them, in their order. For ``plans`` see :func:`parse_vary`.

    Raises
    ------
    InputErrors : everything that is wrong with them, a key that is given twice included.
    """
    pairs, problems = list(given), list[InputError]()
    scenarios, found = [scenario, *plans], dict[str, Factor]()
    for key, node in sorted(pairs, key=lambda pair: pair[0] != PLAN):  # an item may be in the plans only
        if key in found:
            hint = f"It is also at {found[key].place}." if found[key].place != node.place else ""
            problems.append(InputError(f"the factor '{key}' is stated twice", place=node.key_place, hint=hint))
            continue
        try:
            found[key] = make_factor(key, node, scenarios, folder)
        except InputErrors as errors:
            problems += errors.errors
        except InputError as error:
            problems.append(error)
        if key == PLAN and key in found:
            scenarios += [plan for plan in found[key].meant.values() if isinstance(plan, Scenario)]
    if problems:
        raise InputErrors(problems)
    return tuple(found[key] for key, _ in pairs)


def make_factor(key: str, node: Node, scenarios: Sequence[Scenario], folder: Path) -> Factor:
    """One factor from what is stated of its key: SPEC, a list of levels, a mapping, or a single value.

    Raises
    ------
    InputError : see :func:`parse_vary`; with the node's place.
    """
    entry = None if key == PLAN else varied(key, node.key_place, scenarios)
    numeric = entry is not None and entry.type in {"float", "int"}
    inside = node.value
    if isinstance(inside, dict):
        span = _mapped(key, node)
        if span is None:
            return _of_levels(key, entry, inside["levels"], folder)
        if not numeric:
            raise InputError(f"{key} has no range", place=node.place, expected=_expected(entry), hint="State levels.")
        return _span(key, entry, span, node.place)
    if isinstance(inside, str) and numeric and ":" in inside and "," not in inside:
        return _span(key, entry, _parts(inside, node.place), node.place)
    return _of_levels(key, entry, node, folder)


def plan_factor(plans: Mapping[str, Scenario]) -> Factor:
    """The factor ``plan`` from scenarios at hand: name → plan."""
    meant: dict[Value, Scenario | str] = dict(plans.items())
    return Factor(PLAN, "plan", tuple(plans), meant=meant)


def varied(key: str, place: str, scenarios: Sequence[Scenario]) -> Parameter:
    """What the schema says about the key of a factor.

    Raises
    ------
    InputError : there is no such key in any of the scenarios, or it cannot be varied.
    """
    path = check_key(key, place)
    last = path[-1]
    in_playbook = path[0] == "playbook" and len(path) == 4
    if in_playbook and (error := refusal(last, place)):
        raise error
    entry = lookup(steps(last) if in_playbook else path)
    reason = next((why for fixed, why in REFUSED.items() if key == fixed or key.startswith(fixed + ".")), "")
    if isinstance(entry, Parameter) and not reason:
        reason = "it is what the item is called" if entry.key.endswith("[].name") else ""
    if reason:
        raise InputError(f"'{key}' cannot be varied: {reason}", place=place)
    if not isinstance(entry, Parameter) or entry.type not in KINDS:
        inside = (found.key for found in parameters() if found.key.startswith(key + "."))
        hint = f"Name what varies in it, such as {next(inside, 'plan')}, or vary whole plans: plan=A,B."
        raise InputError(f"'{key}' is no single value", place=place, expected="the key of one parameter", hint=hint)
    _check_item(path, scenarios, place)
    return entry


def values_of(
    key: str, entry: Parameter | None, nodes: Sequence[Node], folder: Path
) -> tuple[list[Value], dict[Value, Scenario | str]]:
    """The value of each node, and what those values mean (see :class:`Factor`). ``entry`` is None for plans.

    Raises
    ------
    InputError : a value that the parameter cannot have, or a file or plan that is not there.
    """
    values: list[Value] = []
    meant: dict[Value, Scenario | str] = {}
    for node in nodes:
        value = _name(node) if entry is None else _checked(key, entry, node)
        values.append(value)
        if value in meant or not isinstance(value, str):
            continue
        if entry is None:
            meant[value] = load(find_scenario(value, folder, node.place)).scenario
        elif entry.type == "str":
            meant[value] = _file(key, value, folder, node.place)
    return values, meant


def _of_levels(key: str, entry: Parameter | None, node: Node, folder: Path) -> Factor:
    text = node.value
    if isinstance(text, str):
        node = _listed(text, node.place)
    nodes = node.value if isinstance(node.value, list) else [node]
    if not 0 < len(nodes) <= MOST_LEVELS:
        expected = f"from 1 to {MOST_LEVELS} levels"
        raise InputError(f"{key} has {len(nodes)} levels", place=node.place, expected=expected)
    values, meant = values_of(key, entry, nodes, folder)
    if len(set(values)) < len(values):
        value, again = next(pair for n, pair in enumerate(zip(values, nodes, strict=True)) if pair[0] in values[:n])
        raise InputError(f"the level {written(value)} of {key} is stated twice", place=again.place)
    kind = "plan" if entry is None else KINDS[entry.type]
    return Factor(key, kind, tuple(values), meant=meant, place=node.place)


def _listed(text: str, place: str) -> Node:
    """Levels with commas between, each as YAML has it."""
    try:
        return read_value(f"[{text}]", place)
    except InputError:
        hint = "Put text with , [ ] { } : # in it in quotes."
        raise InputError(f"'{text}' is no list of levels", place=place, expected=_SPECS, hint=hint) from None


def _mapped(key: str, node: Node) -> tuple[str, str, str] | None:
    """Low, high, and step or ``log`` of a mapping; None where it states levels."""
    inside = node.value
    assert isinstance(inside, dict)
    if set(inside) == {"levels"}:
        return None
    for name, child in inside.items():
        if name not in _SPAN_KEYS:
            expected = "levels alone, or low, high, and step or log"
            hint = did_you_mean(name, ("levels", *_SPAN_KEYS))
            raise InputError(f"unknown key '{name}' in {key}", place=child.key_place, expected=expected, hint=hint)
        fine = isinstance(child.value, bool) if name == "log" else type(child.value) in {int, float}
        if not fine:
            expected = "true or false" if name == "log" else "a number"
            raise InputError(f"{name} of {key} is {show(child.plain())}", place=child.place, expected=expected)
    log = "log" in inside and inside["log"].value is True
    if not {"low", "high"} <= set(inside) or (log and "step" in inside):
        raise InputError(f"{key} states {', '.join(inside) or 'nothing'}", place=node.place,
                         expected="levels alone, or low, high, and step or log")  # fmt: skip
    low, high = str(inside["low"].value), str(inside["high"].value)
    return low, high, "log" if log else str(inside["step"].value) if "step" in inside else ""


def _parts(spec: str, place: str) -> tuple[str, str, str]:
    """Low, high, and step, ``log`` or nothing of ``low:high[:step|:log]``."""
    parts = [part.strip() for part in spec.split(":")]
    last = parts[2] if len(parts) == 3 else ""
    numbers = parts if last != "log" else parts[:2]
    if len(parts) not in {2, 3} or not all(_NUMBER.fullmatch(part) for part in numbers):
        hint = "Write a log scale as low:high:log." if "log" in spec else ""
        raise InputError(f"'{spec}' is no range", place=place, expected=_SPECS, hint=hint)
    return parts[0], parts[1], last


def _span(key: str, entry: Parameter | None, span: tuple[str, str, str], place: str) -> Factor:
    """A range, or the levels of a grid."""
    assert entry is not None
    low, high = (Decimal(text) for text in span[:2])
    ends = [_checked(key, entry, Node(_plain(end), place)) for end in (low, high)]
    if low >= high:
        raise InputError(f"{key} goes from {low} to {high}", place=place, expected="the lower number first")
    kind, log = KINDS[entry.type], span[2] == "log"
    if span[2] and not log:
        levels = [_checked(key, entry, Node(_plain(at), place)) for at in _steps(key, low, high, span[2], place)]
        return Factor(key, kind, tuple(levels), place=place)
    if log and low <= 0:
        raise InputError(f"{key} begins at {low}", place=place, expected="a number above 0 on a log scale")
    first, last = (float(end) for end in ends if end is not None)
    return Factor(key, kind, low=first, high=last, log=log, place=place)


def _steps(key: str, low: Decimal, high: Decimal, step_text: str, place: str) -> list[Decimal]:
    """From low by steps up to high, in decimals, so that 0:0.3:0.1 ends with 0.3 and not before it."""
    with localcontext(prec=120):
        step = Decimal(step_text)
        if step <= 0:
            raise InputError(f"the step of {key} is {step_text}", place=place, expected="a number above 0")
        try:
            count = int((high - low) // step)
        except InvalidOperation:  # more digits than there are levels allowed
            count = MOST_LEVELS
        if count >= MOST_LEVELS:
            hint = "Take a larger step, or a range low:high with a sampler."
            raise InputError(f"{key} has more than {MOST_LEVELS} levels", place=place, hint=hint)
        return [low + at * step for at in range(count + 1)]


def _plain(value: Decimal) -> float | int:
    whole = value == value.to_integral_value() and abs(value) < 2**63
    return int(value) if whole else float(value)


def _checked(key: str, entry: Parameter, node: Node) -> Value:
    """The value that a level states, of the parameter's own type."""
    value = node.value
    if value is None and entry.optional:
        return None
    plain = value if isinstance(value, str | bool | int | float) else None
    fits = plain is not None
    if entry.type == "bool":
        fits = isinstance(plain, bool)
    elif entry.type in {"choice", "str"}:
        fits = isinstance(plain, str) and plain != "" and (entry.type == "str" or plain in entry.choices)
    elif isinstance(plain, bool) or not isinstance(plain, int | float) or not math.isfinite(plain):
        fits = False
    else:
        low, high = entry.low, entry.high
        fits = (low is None or plain >= low) and (high is None or plain <= high)
        if entry.type == "int":
            fits = fits and plain == int(plain)
            plain = int(plain) if fits else plain
        else:
            plain = float(plain)
    if not fits:
        raise _unfit(key, entry, node)
    return plain


def _unfit(key: str, entry: Parameter, node: Node) -> InputError:
    value, hint = node.plain(), ""
    if isinstance(value, str):
        word = value.lower()
        hint = did_you_mean(value, entry.choices)
        if entry.type == "bool" and word in {"on", "off", "yes", "no"}:
            hint = f"Write {'true' if word in {'on', 'yes'} else 'false'}."
        elif "log(" in word or ":" in word:
            hint = f"A factor is {_SPECS}."
        elif node.quoted and _NUMBER.fullmatch(value):
            hint = "Remove the quotes."
    return InputError(f"{key} is {show(value)}", place=node.place, expected=entry.expected(), hint=hint)


def _expected(entry: Parameter | None) -> str:
    return "names of plans" if entry is None else entry.expected()


def _name(node: Node) -> str:
    value = node.value
    if isinstance(value, dict | list) or value is None or value == "":
        raise InputError(f"plan is {show(node.plain())}", place=node.place, expected="a scenario's file or name")
    return written(value)


def _file(key: str, name: str, folder: Path, place: str) -> str:
    """The absolute path of a file that a level names."""
    problem, hint = f"there is no file '{name}'", ""
    with suppress(OSError, ValueError, RuntimeError):  # no file can have such a name
        path = (folder / name).resolve()
        if path.is_file():
            return str(path)
        problem, hint = missing_file(name, path)
    raise InputError(f"{key}: {problem}", place=place, expected="a file", hint=hint)


def _check_item(path: Sequence[str], scenarios: Sequence[Scenario], place: str) -> None:
    """Refuse an item that no scenario's list has."""
    missing: list[InputError] = []
    for scenario in scenarios:
        node: Node | None = node_of(scenario.model_dump())
        for index, step in enumerate(path):
            inside = node.child(step) if node else None
            if inside is None and node and isinstance(node.value, list):
                names = [item.name() for item in node.value]
                missing.append(unknown_item(step, ".".join(path[:index]), names, place))
                break
            node = inside
        else:
            return
    raise missing[0]
