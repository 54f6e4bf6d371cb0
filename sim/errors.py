"""The errors a user can mend: each says where, what was found, what was expected, and what to do next."""

from __future__ import annotations


class InputError(Exception):
    """Something the user gave cannot be used. The command line prints it and exits with 2, without a traceback.

    Parameters
    ----------
    problem : what was found, with the value.
    place : ``file:line:column``, or the option's name; empty where there is no place.
    expected : what is allowed.
    hint : the next step, e.g. the nearest key.
    """

    def __init__(self, problem: str, *, place: str = "", expected: str = "", hint: str = "") -> None:
        self.problem, self.place, self.expected, self.hint = problem, place, expected, hint
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.place}: {self.problem}" if self.place else self.problem
        if self.expected:
            text += f"; expected {self.expected}"
        if self.hint:
            text += f". {self.hint}"
        return text


class InputErrors(InputError):  # noqa: N818 - several of them
    """Several input errors found in one reading, so that a user mends them all at once."""

    def __init__(self, errors: list[InputError]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))
