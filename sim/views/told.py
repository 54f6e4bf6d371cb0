"""An answer in words: its sentences and its page, in English or Chinese.

>>> said = told(compare(["dedao", "hard_selling"]), "zh")
>>> print(said.text)
>>> said.write()            # report.html in the answer's folder
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.lab.questions.answer import Answer
from sim.lab.store import write_file
from sim.scenario.explain import Language

if TYPE_CHECKING:
    from sim.lab.questions.claims import ClaimsAnswer
    from sim.lab.questions.comparison import Study
    from sim.lab.questions.discover import DiscoveryAnswer
    from sim.lab.questions.optimise import OptimumAnswer
    from sim.lab.questions.patterns import PatternsAnswer
    from sim.lab.questions.sensitivity import SensitivityAnswer
    from sim.lab.questions.sweep import SweepAnswer
    from sim.views.sweep import View

#: Leads with their sentences.
Said = Sequence[tuple[str, Sequence[str]]]

_OPENING = {"en": '<html lang="en"', "zh": '<html lang="zh-CN"'}


@dataclass(frozen=True)
class Told:
    """What an answer says in one language.

    ``path``: of the page. ``tell`` makes leads with their sentences, the answer first; ``render`` the page.
    ``heading``: what is printed instead of the sentences, where they are many; empty where they are few. ``others``:
    other files with words, by name.
    """

    lang: Language
    path: Path
    tell: Callable[[], Said]
    render: Callable[[], str]
    heading: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def said(self) -> Said:
        """Leads with their sentences, the answer first."""
        return self.tell()

    @property
    def sentences(self) -> list[str]:
        """The sentences alone."""
        return [text for _, texts in self.said for text in texts]

    @property
    def text(self) -> str:
        """What a reader is told first, as plain text."""
        return self.heading or "\n".join(f"{lead} {' '.join(texts)}" for lead, texts in self.said)

    @cached_property
    def page(self) -> str:
        """The page as HTML that needs nothing else."""
        return self.render()

    def write(self, *, keep: bool = False) -> Path:
        """Write the page, and what else has words, into the answer's folder; the page's path.

        ``keep``: leave a page that is there in this language.

        Raises
        ------
        InputError : a file cannot be written.
        """
        if not (keep and self._is_there()):
            for name, text in self.others.items():
                write_file(self.path.with_name(name), text)
            write_file(self.path, self.page)
        return self.path

    def _is_there(self) -> bool:
        if not self.path.is_file():
            return False
        with self.path.open(encoding="utf-8", errors="replace") as file:
            return _OPENING[self.lang] in file.read(200)


def told(answer: Answer, lang: Language = "en") -> Told:
    """What an answer says in one language.

    Raises
    ------
    InputError : an unknown language, or nothing can be told of the answer: no run is done.
    """
    if lang not in _OPENING:
        raise InputError(f"no answers are told in '{lang}'", place="--lang", expected="en or zh")
    return _TELLERS[answer.kind](answer, lang)


def _study(answer: Study, lang: Language) -> Told:
    from sim.views import study
    from sim.views.headline import headline
    from sim.views.pages import page, sentences

    parts = dict(answer.tables), answer.summary, asdict(answer.manifest)
    return Told(
        lang, answer.folder / "report.html", lambda: sentences.summary(study.Study(*parts, lang)),
        lambda: page.render(*parts, lang), headline(answer, lang),
    )  # fmt: skip


def _sweep(answer: SweepAnswer, lang: Language) -> Told:
    from sim.views.pages.sweeps import plain
    from sim.views.sweep import View

    if not answer.done:
        hint = f"To go on: {answer.remake}" if answer.remake else ""
        raise InputError(f"{answer.folder} has no finished run", hint=hint)
    view = View(answer.design, answer.tables["runs"], answer.outcome, lang, answer.remake)
    return Told(lang, answer.folder / "report.html", lambda: plain.summary(view), lambda: plain.render(view))


def _sensitivity(answer: SensitivityAnswer, lang: Language) -> Told:
    from sim.views.pages.sweeps import sensitivity
    from sim.views.sweep import View

    found, following = answer.found, answer.following
    view = View(answer.design, found.sample, found.outcome, lang, answer.remake, found.runs)
    return Told(
        lang, answer.folder / "sensitivity.html", lambda: sensitivity.summary(view, found, following),
        lambda: sensitivity.render(view, found, following),
    )  # fmt: skip


def _discovery(answer: DiscoveryAnswer, lang: Language) -> Told:
    from sim.views.pages.sweeps import discovery
    from sim.views.sweep import View

    found, where = answer.found, answer.where
    view = View(answer.design, answer.tables["runs"], answer.outcome, lang, answer.remake)
    return Told(
        lang, answer.folder / "discover.html", lambda: discovery.summary(view, found, where),
        lambda: discovery.render(view, found, answer.factors, answer.cases, where),
    )  # fmt: skip


def _optimum(answer: OptimumAnswer, lang: Language) -> Told:
    from sim.lab.questions.optimise import BEST
    from sim.views.pages.sweeps import optimisation
    from sim.views.sweep import View

    found = answer.found
    view = View(answer.design, found.runs, found.question.objectives[0].metric, lang, answer.remake)
    said = optimisation.summary(view, found)
    others = {BEST: answer.text(_comment(view, said))} if answer.best else {}
    return Told(
        lang, answer.folder / "optimize.html", lambda: said,
        lambda: optimisation.render(view, found, others.get(BEST, "")), others=others,
    )  # fmt: skip


def _patterns(answer: PatternsAnswer, lang: Language) -> Told:
    from sim.views.pages import patterns

    return Told(
        lang, answer.folder / "report.html", lambda: patterns.summary(answer, lang),
        lambda: patterns.render(answer, lang), "\n".join(patterns.table(answer, lang)),
    )  # fmt: skip


def _claims(answer: ClaimsAnswer, lang: Language) -> Told:
    from sim.views.pages import claims

    return Told(
        lang, answer.folder / "report.html", lambda: claims.summary(answer, lang),
        lambda: claims.render(answer, lang), "\n".join(claims.table(answer, lang)),
    )  # fmt: skip


def _comment(view: View, said: Said) -> str:
    """The head of the best plan's file: the command, the answer, and what it changes."""
    made = [view.words("best.file", command=view.remake)] if view.remake else []
    return "\n".join([*made, *(text for _, texts in said[:2] for text in texts)])


_TELLERS: Mapping[str, Callable[[Any, Language], Told]] = {
    "study": _study,
    "sweep": _sweep,
    "sensitivity": _sensitivity,
    "discovery": _discovery,
    "optimum": _optimum,
    "patterns": _patterns,
    "claims": _claims,
}
