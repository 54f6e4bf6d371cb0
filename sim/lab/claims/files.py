"""Claims in YAML, one a file, named after its id. A file states only what differs from its base plan.

.. code-block:: yaml

    essay: [E1]
    title: {en: …, zh: …}
    text: {en: …, zh: …}
    base: base                          # a plan that all arms start from; an arm may name another one (plan: dedao)
    set: {…}                            # keys that differ in all arms
    arms:                               # sign, crossing: control, treatment; interaction: neither, first, second, both
      control: {name: {en: …, zh: …}, set: {…}}
      treatment: {name: {en: …, zh: …}, set: {…}, at_neutral: {…}}   # what keeps spends equal there, if need be
    dose: culture.breadth               # or, of a dose: the key, or keys, that have its level …
    levels: [0, 0.2, {at: 0.4, set: {…}}]   # … and the levels, some with more that differs
    axis: {en: …, zh: …}                # what the dose is called
    outcome: {measure: strong, read: mean, since: 335, day: 365}
    expect: {relation: sign, direction: up}   # of a threshold also the level
    matters: {by: 5, unit: people}      # the smallest effect that matters
    money: {tolerance: 0.03, how: {en: …, zh: …}}   # where money is the point: how spends are made equal
    implied_by: [mechanism.content.warmth_bond]     # parameters whose sign would imply it; origins has their neutral
    neutral: {switches.company: false}              # … or their neutral value is stated
    budget: {people: 5000, days: 365, replicates: 100}
    limits: {en: …, zh: …}              # what the experiment does not capture
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import InputError, InputErrors
from sim.lab.claims.definition import (
    READINGS,
    RELATIONS,
    ROLES,
    Arm,
    Claim,
    Money,
    Outcome,
    Reading,
    Relation,
)
from sim.lab.evidence.pattern import Text
from sim.model.measures import MEASURES, find
from sim.scenario.catalogue import Parameter, check_key, did_you_mean, lookup, pattern
from sim.scenario.load import find_scenario, load, shipped
from sim.scenario.mistakes import show
from sim.scenario.origins import ORIGINS
from sim.scenario.readfile import ReadFile
from sim.scenario.yaml12 import Node, node_of

ID = re.compile(r"C[0-9]{2}[a-h]?")
_NEEDED = ("essay", "title", "text", "outcome", "expect", "matters", "budget", "limits")
_KEYS = (*_NEEDED, "base", "set", "arms", "dose", "levels", "axis", "money", "implied_by", "neutral")
_FEWEST_LEVELS = {"inner_peak": 3, "monotone": 3, "threshold": 2}
_BUDGET = {"people": "market.people", "days": "run.days", "replicates": "run.replicates"}
_TEXT = "a text in both languages, such as {en: …, zh: …}"
Changes = dict[str, object]


def shipped_claims() -> list[Path]:
    """The files of the shipped claims, in the order of their ids."""
    return sorted(shipped("claims").glob("C*.yaml"))


def load_claims(files: Sequence[str | Path] = (), *, seed: int | None = None) -> tuple[Claim, ...]:
    """The claims in these files, or the shipped ones, in the order of their ids.

    Parameters
    ----------
    seed : instead of the plans' own.

    Raises
    ------
    InputErrors : everything that is wrong with them, each with its place.
    """
    problems: list[InputError] = []
    found: list[Claim] = []
    for path in [Path(file) for file in files] or shipped_claims():
        try:
            found.append(load_claim(path, seed=seed))
        except InputErrors as errors:
            problems += errors.errors
        except InputError as error:
            problems.append(error)
    twice = {claim.id for claim in found if sum(claim.id == other.id for other in found) > 1}
    problems += [InputError(f"there are two claims '{name}'", hint="Rename one of the files.") for name in twice]
    if problems:
        raise InputErrors(problems)
    return tuple(sorted(found, key=lambda claim: claim.id))


def load_claim(path: Path, *, seed: int | None = None) -> Claim:
    """The claim in a file. Parameters and errors as in :func:`load_claims`."""
    file = _File(path, seed)
    parts = file.parts()
    if file.problems:  # what all arms state is wrong in each of them, and told once
        raise InputErrors(list({str(problem): problem for problem in file.problems}.values()))
    return Claim(**parts)


class _Stated(NamedTuple):
    """An arm as its file states it: the plan it starts from, what differs, and what else differs at neutral."""

    role: str
    name: Text
    plan: Node | None
    changes: Changes
    at_neutral: Changes
    at: float | None = None


class _File(ReadFile):
    """A claim's file as it is read."""

    def __init__(self, path: Path, seed: int | None) -> None:
        if not path.is_file():
            raise InputError(f"there is no file '{path}'", expected="the YAML file of a claim")
        super().__init__(path)
        self.seed = seed

    def parts(self) -> dict[str, Any]:
        """What makes the claim, as far as it can be read."""
        self.check_keys(self.tree, _KEYS, "a claim")
        if not ID.fullmatch(self.path.stem):
            expected = "a name such as C08.yaml, or C08a.yaml for a part of it"
            self.problems.append(InputError(f"the file is called '{self.path.name}'", place=str(self.path),
                                            expected=expected))  # fmt: skip
        budget = self.budget()
        expect = self.expect()
        neutral = self.neutral()
        outcome = self.outcome(expect.get("relation", "sign"), budget.get("run.days", 365))
        told = {key: self.text(self.tree, key) for key in ("title", "text", "limits")}
        parts: dict[str, Any] = {
            "id": self.path.stem, "file": self.path, "essays": self.essays(), **told,
            "outcome": outcome, "matters": self.matters(outcome), "money": self.money(),
            "implied": {key: node.value for key, node in neutral.items()},
            "replicates": budget.get("run.replicates", 0), **expect,
        }  # fmt: skip
        if "relation" in expect:
            parts["arms"] = tuple(self.arms(expect["relation"], budget, neutral))
            parts["axis"] = None if expect["relation"] in ROLES else self.text(self.tree, "axis")
        return parts

    def text(self, node: Node, key: str, where: str = "") -> Text:
        """A text in both languages."""
        child = self.wanted(node, key, _TEXT, where)
        if child is None:
            return Text("", "")
        name = f"{where}.{key}" if where else key
        self.check_keys(child, ("en", "zh"), name)
        said = [self.wanted(child, lang, "text in English" if lang == "en" else "text in Chinese", name)
                for lang in ("en", "zh")]  # fmt: skip
        for node_ in said:
            if node_ is not None and (not isinstance(node_.value, str) or not node_.value.strip()):
                self.refuse(node_, name, "text")
        return Text(*(str(node_.value).strip() if node_ else "" for node_ in said))

    def number(self, node: Node, key: str, where: str, expected: str, low: float, *, whole: bool = False) -> float:
        """A number above ``low``."""
        child = self.wanted(node, key, expected, where)
        if child is None:
            return low + 1.0
        if isinstance(child.value, bool) or not isinstance(child.value, int if whole else int | float):
            self.refuse(child, f"{where}.{key}", expected)
            return low + 1.0
        if child.value <= low:
            self.refuse(child, f"{where}.{key}", expected)
            return low + 1.0
        return child.value

    def choice(self, node: Node, key: str, where: str, known: Sequence[str], default: str = "") -> str:
        """One of some words; the default where nothing is stated."""
        expected = "one of " + ", ".join(known)
        child = node.child(key) if default else self.wanted(node, key, expected, where)
        if child is None:
            return default
        if child.value not in known:
            self.refuse(child, f"{where}.{key}", expected, did_you_mean(str(child.value), known))
        return str(child.value)

    def essays(self) -> tuple[str, ...]:
        """The essays it is from."""
        node = self.wanted(self.tree, "essay", "a list such as [E0, E2]")
        named = node.plain() if node else []
        if node is not None and (
            not isinstance(named, list) or not all(isinstance(name, str) and re.fullmatch("E[0-4]", name)
                                                   for name in named)
        ):  # fmt: skip
            self.refuse(node, "essay", "a list of E0 to E4")
            return ()
        return tuple(named) if isinstance(named, list) else ()

    def budget(self) -> dict[str, int]:
        """People, days and replicates, by their keys."""
        node = self.wanted(self.tree, "budget", "{people: …, days: …, replicates: …}")
        if node is None:
            return {}
        self.check_keys(node, tuple(_BUDGET), "budget")
        expected = "a whole number above 0"
        return {key: int(self.number(node, name, "budget", expected, 0, whole=True)) for name, key in _BUDGET.items()}

    def expect(self) -> dict[str, Any]:
        """The relation, its direction and its level."""
        node = self.wanted(self.tree, "expect", "{relation: …}")
        if node is None:
            return {}
        self.check_keys(node, ("relation", "direction", "level"), "expect")
        relation = self.choice(node, "relation", "expect", RELATIONS)
        direction = self.choice(node, "direction", "expect", ("up", "down"), "up")
        found: dict[str, Any] = {"relation": relation, "direction": 1 if direction == "up" else -1}
        if relation == "threshold":
            found["level"] = self.number(node, "level", "expect", "a number, in the outcome's unit", -1e300)
        elif node.child("level") is not None:
            self.refuse(node.child("level") or node, "expect.level", "nothing: only a threshold has a level")
        return found if relation in RELATIONS else {}

    def outcome(self, relation: Relation, days: int) -> Outcome:
        """What is looked at, and when."""
        node = self.wanted(self.tree, "outcome", "{measure: …}")
        if node is None:
            return Outcome("strong", days)
        self.check_keys(node, ("measure", "read", "since", "day"), "outcome")
        named = self.wanted(node, "measure", "the name of a measure", "outcome")
        if named is not None and (not isinstance(named.value, str) or find(named.value) is None):
            hint = did_you_mean(str(named.value), [each.name for each in MEASURES])
            self.refuse(named, "outcome.measure", "a measure; 'list metrics' shows them", hint)
            return Outcome("strong", days)
        read = self.choice(node, "read", "outcome", READINGS, "at")
        day = self.number(node, "day", "outcome", "a day", 0, whole=True) if node.child("day") else days
        since = self.number(node, "since", "outcome", "a day", -1, whole=True) if read != "at" else 0
        if day > days or since >= day:
            self.refuse(node, "outcome", f"days from 0 to {days}, the last day of the budget, since before day")
        known: Reading = "mean" if read == "mean" else "sum" if read == "sum" else "at"
        return Outcome(str(named.value) if named else "strong", int(day), known, int(since), relation == "crossing")

    def matters(self, outcome: Outcome) -> float:
        """The smallest effect that matters; its unit must be the outcome's."""
        node = self.wanted(self.tree, "matters", "{by: …, unit: …}")
        if node is None:
            return 1.0
        self.check_keys(node, ("by", "unit"), "matters")
        self.choice(node, "unit", "matters", (outcome.what.unit,))
        return self.number(node, "by", "matters", "a number above 0", 0.0)

    def money(self) -> Money | None:
        """How spends are made equal; None where money is not the point."""
        node = self.tree.child("money")
        if node is None:
            return None
        self.check_keys(node, ("tolerance", "how"), "money")
        share = self.number(node, "tolerance", "money", "a share, such as 0.03", 0.0)
        return Money(share, self.text(node, "how", "money"))

    def neutral(self) -> dict[str, Node]:
        """The parameters whose sign would imply the claim, with their neutral values."""
        found: dict[str, Node] = {}
        listed = self.tree.child("implied_by")
        for node in listed.value if listed and isinstance(listed.value, list) else []:
            with self.collected():
                found[str(node.value)] = _neutral(str(node.value), node)
        if listed is not None and not isinstance(listed.value, list):
            self.refuse(listed, "implied_by", "a list of dotted keys")
        stated = self.tree.child("neutral")
        for key, node in self.inside(stated).items() if stated else ():
            with self.collected():
                found[key] = _stated(key, node)
        return found

    def changes(self, node: Node | None, where: str) -> dict[str, Node]:
        """What a ``set`` states."""
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.refuse(node, where, "a mapping of dotted keys to values")
        return dict(self.inside(node))

    def arms(self, relation: Relation, budget: Mapping[str, int], neutral: Mapping[str, Node]) -> list[Arm]:
        """The arms in their order, each with its plans."""
        common: Changes = {**budget, **self.changes(self.tree.child("set"), "set")}
        common |= {} if self.seed is None else {"run.seed": self.seed}
        stated = self.named(ROLES[relation]) if relation in ROLES else self.dosed(relation)
        other = [
            key for key in (("dose", "levels", "axis") if relation in ROLES else ("arms",)) if self.tree.child(key)
        ]
        for key in other:
            self.refuse(self.tree.child(key) or self.tree, key, f"nothing: '{relation}' has no {key}")
        found: list[Arm] = []
        for arm in stated:
            with self.collected():
                found.append(self.arm(arm, common, neutral))
        return found

    def arm(self, stated: _Stated, common: Changes, neutral: Mapping[str, Node]) -> Arm:
        """An arm with its plans."""
        plan, changes = stated.plan or Node("base"), common | stated.changes
        base = find_scenario(str(plan.value), self.path.parent, plan.place)
        usual = load(base, changes=changes).scenario
        there = load(base, changes={**changes, **stated.at_neutral, **neutral}).scenario if neutral else None
        return Arm(stated.role, stated.name, usual, there, stated.at)

    def named(self, roles: Sequence[str]) -> Iterator[_Stated]:
        """Arms by their roles."""
        node = self.wanted(self.tree, "arms", f"a mapping with {', '.join(roles)}")
        if node is None:
            return
        self.check_keys(node, roles, "arms")
        for role in roles:
            arm = self.wanted(node, role, "{name: …, set: …}", "arms")
            if arm is not None:
                where = f"arms.{role}"
                self.check_keys(arm, ("name", "plan", "set", "at_neutral"), where)
                set_, there = (self.changes(arm.child(key), f"{where}.{key}") for key in ("set", "at_neutral"))
                plan = arm.child("plan") or self.tree.child("base")
                yield _Stated(role, self.text(arm, "name", where), plan, dict(set_), dict(there))

    def dosed(self, relation: Relation) -> Iterator[_Stated]:
        """Arms by the levels of the dose."""
        node, fewest = self.wanted(self.tree, "levels", "a list of levels"), _FEWEST_LEVELS[relation]
        items = node.value if node and isinstance(node.value, list) else []
        if node is not None and len(items) < fewest:
            self.refuse(node, "levels", f"a list of at least {fewest} levels")
        keys, before = self.doses(), float("-inf")
        for number, item in enumerate(items):
            at = item.child("at") if isinstance(item.value, dict) else item
            if at is None or isinstance(at.value, bool) or not isinstance(at.value, int | float) or at.value <= before:
                self.refuse(item, f"levels.{number}", "a number above the one before, or {at: …, set: …}")
                continue
            before = float(at.value)
            self.check_keys(item, ("at", "set"), f"levels.{number}")
            set_ = self.changes(item.child("set") if isinstance(item.value, dict) else None, f"levels.{number}.set")
            yield _Stated(
                str(number), Text("", ""), self.tree.child("base"), {**dict.fromkeys(keys, at), **set_}, {}, before
            )

    def doses(self) -> list[str]:
        """The keys that have the dose's level; none where every level says what it sets."""
        node = self.tree.child("dose")
        named = [] if node is None else node.value if isinstance(node.value, list) else [node]
        if node is not None and not all(isinstance(each.value, str) for each in named if isinstance(each, Node)):
            self.refuse(node, "dose", "a dotted key, or a list of them")
            return []
        return [str(each.value) for each in named if isinstance(each, Node)]


def _parameter(key: str, place: str) -> Parameter:
    """The parameter at a key.

    Raises
    ------
    InputError : there is none, or it is neither a number nor a switch.
    """
    found = lookup(check_key(key, place))
    if not isinstance(found, Parameter) or not found.numeric:
        raise InputError(f"'{key}' is no effect", place=place, expected="the dotted key of a number or a switch")
    return found


def _neutral(key: str, node: Node) -> Node:
    """The neutral value that the table of origins states."""
    _parameter(key, node.place)
    origin = ORIGINS.get(pattern(key.split(".")) or "")
    if origin is None or origin.neutral is None:
        expected = "a parameter whose neutral value is known ('list parameters --json' shows which)"
        hint = f"State it under neutral, such as 'neutral: {{{key}: 0}}'."
        raise InputError(f"'{key}' has no neutral value", place=node.place, expected=expected, hint=hint)
    return node_of(origin.neutral, node.place)


def _stated(key: str, node: Node) -> Node:
    """The neutral value that the file states: where the table of origins has none, or equality is what is neutral."""
    _parameter(key, node.key_place)
    if node.value is None or isinstance(node.value, str | list | dict):
        problem = f"neutral.{key} is {show(node.plain())}"
        raise InputError(problem, place=node.place, expected="a number or a switch")
    return node
