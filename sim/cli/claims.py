"""``claims``: what the model says of what strategists believe."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import options
from sim.cli.options import Language


@click.command("claims")
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")
@click.option("--only", metavar="ID[,ID...]", default="", help="These claims: ids, or a word in their texts.")
@click.option("--missing", "no_file", is_flag=True, help="List the claims that have no experiment, and what they lack.")
@click.option("--replicates", type=click.IntRange(1), help="Of every arm, instead of the claim's own number.")
@click.option("--seed", type=int, help="Instead of the plans' own: other people, other luck.")
@click.option("--threads", type=click.IntRange(1, 1024), help="Most threads; changes no number. [default: cores]")
@click.option("--out", type=click.Path(), metavar="DIR", help="Result folder. [default: results/claims]")
@click.option("--force", is_flag=True, help="Replace a result that is already there.")
@options.lang
@options.quiet
@options.as_json
def claims_command(
    files: tuple[str, ...], only: str, no_file: bool, replicates: int | None, seed: int | None, threads: int | None,
    out: str | None, force: bool, lang: Language, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Run the experiments of the shipped claims, or of FILEs like them, and judge each claim.

    A claim is supported only if the whole 95 % interval of its effect lies beyond the smallest effect that matters, and
    emergent only if that holds with every parameter at neutral whose sign would imply it. What is finished is found.
    """
    from sim.cli.asking import print_answer, print_json
    from sim.cli.teller import StudyTeller, tell_rest, teller

    if no_file:
        _tell_missing(lang, as_json=as_json)
        return
    from sim.lab.claims.judge import Verdict
    from sim.lab.questions.claims import claims
    from sim.lab.questions.claims import told as plain

    progress = teller(StudyTeller, quiet=quiet)
    names = [name.strip() for name in only.split(",") if name.strip()]
    answer = claims(
        [Path(file) for file in files], only=names, replicates=replicates, seed=seed, threads=threads, out=out,
        force=force, progress=progress, command=click.get_current_context().obj,
    )  # fmt: skip
    if not answer.made:
        tell_rest(progress, (f"found finished in {answer.folder}; --force runs it again",))
    from sim.views.told import told

    said = told(answer, lang)
    page = said.write()
    if as_json:
        counts = {verdict.value: answer.count(verdict) for verdict in Verdict}
        rows, lacking = [plain(each) for each in answer.judged], _missing_rows()
        print_json({"result": str(answer.folder), "page": str(page), "counts": counts, "claims": rows,
                    "missing": lacking})  # fmt: skip
    else:
        print_answer(said, page)


def _missing_rows() -> list[dict[str, object]]:
    from sim.lab.claims.missing import missing

    return [
        {"id": each.id, "essays": list(each.essays), "text": each.text._asdict(),
         "lacks": [name._asdict() for name in each.lacks]}
        for each in missing()
    ]  # fmt: skip


def _tell_missing(lang: Language, *, as_json: bool) -> None:
    """The claims without a file, on stdout."""
    from sim.cli.asking import print_json
    from sim.views.pages.claims import missing_table

    if as_json:
        print_json({"missing": _missing_rows()})
    else:
        click.echo("\n".join(missing_table(lang)))
