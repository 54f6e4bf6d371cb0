"""``patterns``: what the model shows of real communities."""

from __future__ import annotations

import click

from sim.cli import options
from sim.cli.options import Language


@click.command("patterns")
@click.option("--only", metavar="ID[,ID...]", default="", help="These patterns: ids, or a word in their titles.")
@click.option("--replicates", type=click.IntRange(1), help="Of every trial, instead of its own number.")
@click.option("--seed", type=int, help="Instead of the trials' own: other people, other luck.")
@click.option("--threads", type=click.IntRange(1, 1024), help="Most threads; changes no number. [default: cores]")
@click.option("--out", type=click.Path(), metavar="DIR", help="Result folder. [default: results/patterns]")
@click.option("--force", is_flag=True, help="Replace a result that is already there.")
@options.lang
@options.quiet
@options.as_json
def patterns_command(
    only: str, replicates: int | None, seed: int | None, threads: int | None, out: str | None, force: bool,
    lang: Language, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Run the trials of all patterns, and say of each whether the model shows it.

    A pattern is met only if the whole 95 % interval of its figure lies inside the target. What is finished is found,
    not run again.
    """
    from sim.cli.asking import print_answer, print_json
    from sim.cli.teller import StudyTeller, tell_rest, teller
    from sim.lab.evidence.judge import Verdict
    from sim.lab.questions.patterns import patterns
    from sim.lab.questions.patterns import told as plain

    progress = teller(StudyTeller, quiet=quiet)
    names = [name.strip() for name in only.split(",") if name.strip()]
    answer = patterns(
        names, replicates=replicates, seed=seed, threads=threads, out=out, force=force, progress=progress,
        command=click.get_current_context().obj,
    )  # fmt: skip
    if not answer.made and any(each.finding for each in answer.judged):
        tell_rest(progress, (f"found finished in {answer.folder}; --force runs it again",))
    from sim.views.told import told

    said = told(answer, lang)
    page = said.write()
    if as_json:
        counts = {verdict.value: answer.count(verdict) for verdict in Verdict}
        rows = [plain(each) for each in answer.judged]
        print_json({"result": str(answer.folder), "page": str(page), "counts": counts, "patterns": rows})
    else:
        print_answer(said, page)
