"""Constraints: what may stand in one, and whether it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.lab.designs import Constraint, Factor

KNOWN = (
    Factor("x.a", "number", low=0.0, high=1.0),
    Factor("x.b", "integer", low=0.0, high=9.0),
    Factor("x.the host-1.c", "number", (None, 1.0)),
    Factor("on", "switch", (True, False)),
    Factor("plan", "plan", ("one", "two")),
)
HERE = {"x.a": 0.1, "x.b": 3, "x.the host-1.c": None, "on": True, "plan": "one"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("x.a + 0.2 <= 0.3", True),  # false in binary
        ("x.a * 3 == 0.3", True),
        ("x.a + x.b > 3.1", False),
        ("-x.a < +x.b", True),
        ("0 < x.a <= 0.1 < x.b", True),
        ("x.b / 2 == 1.5", True),
        ("x.b - 1 != 2", False),
        ("on and not (x.a > 1 or x.b > 5)", True),
        ("on == false", False),
        ("plan == 'one'", True),
        ('plan in ("two", "three")', False),
        ("plan not in ['two']", True),
        ("x.b in (1, 2, 3)", True),
        ("x.the host-1.c == null", True),
        ("x.the host-1.c == null or x.the host-1.c > 0", True),
        ("'plan' == plan", False),
        ("x.a <= 1 \n and on", True),
    ],
)
def test_a_constraint_holds_or_not(text: str, holds: bool) -> None:
    assert Constraint.parse(text, KNOWN).holds(HERE) is holds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x.a + x.b", "neither true nor false"),
        ("x.a <", "no condition"),
        ("", "no condition"),
        ("a <= 1", "Did you mean 'x.a'?"),
        ("x.aa <= 1", "'x.aa' is no factor"),
        ("x.a.real <= 1", "'x.a.real' is no factor"),
        ("plan == one", "Put text in quotes: 'one'."),
        ("plan <= 1", "'plan' is a text; expected a number"),
        ("plan == 1", "'plan' is a text and '1' a number"),
        ("on + 1 <= 1", "'on' is a yes-or-no"),
        ("x.a and on", "'x.a' is a number"),
        ("x.a is 1", "'is' is not allowed"),
        ("x.a in on", "'on' is no list"),
        ("x.a ** 9 ** 9 ** 9 > 1", "not allowed"),
        ("1e999 > x.a", "not allowed"),
        ("1j == x.a", "not allowed"),
        ("__import__('os').system('true') == 0", "not allowed"),
        ("[y for y in on]", "not allowed"),
        ("(lambda: on)()", "not allowed"),
        ("f'{plan}' == 'one'", "not allowed"),
        ("(x := 1) == 1", "not allowed"),
        ("(" * 400 + "on" + ")" * 400, "no condition"),
        ("-" * 900 + "1 < 2", "no condition"),
        ("on " * 400, "characters"),
        ("on\0", "no condition"),
    ],
)
def test_what_is_no_constraint_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match="--constraint") as caught:
        Constraint.parse(text, KNOWN)
    assert told in str(caught.value)


@pytest.mark.parametrize(("text", "told"), [("1 / (x.b - 3) > 0", "divides by zero"), ("x.the host-1.c > 0", "null")])
def test_what_cannot_be_worked_out_says_where(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        Constraint.parse(text, KNOWN, "design.yaml:3:5").holds(HERE)
    assert told in str(caught.value)
    assert "x." in caught.value.problem
    assert caught.value.place == "design.yaml:3:5"


@given(st.text(alphabet="xab.on plan12+-*/<>=!()'\"andotrue,[]:_~@&|%\\", max_size=40))
def test_any_text_is_a_constraint_or_an_input_error(text: str) -> None:
    try:
        Constraint.parse(text, KNOWN).holds(HERE)
    except InputError:
        return
