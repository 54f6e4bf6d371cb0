"""``list``: what there is to name in commands, scenarios and goals."""

from __future__ import annotations

import json
from typing import Any

import click

from sim.cli import options
from sim.cli.options import Language


@click.command("list")
@click.argument("what", type=click.Choice(["scenarios", "parameters", "metrics"]), default="scenarios")
@click.argument("word", required=False)
@options.lang
@options.as_json
def list_command(what: str, word: str | None, lang: Language, as_json: bool) -> None:
    """List scenarios with their titles, parameters with their meaning, or metrics that goals can name.

    WORD: only what has it in its name or meaning, or in that of the block it lies in.
    """
    rows = {"scenarios": _scenarios, "parameters": _parameters, "metrics": _metrics}[what](lang)
    if word:
        looked_at = [key for key in rows[0] if key not in {"file", "scope"}]
        rows = [row for row in rows if any(word.lower() in str(row[key]).lower() for key in looked_at)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif rows:
        from sim.views.columns import columns

        hidden = {"source", "scope", "file", "within"}
        shown = [[str(value) for key, value in row.items() if key not in hidden] for row in rows]
        click.echo("\n".join(columns(shown, left=range(len(shown[0])))))
    else:
        click.echo(f"nothing with '{word}' among the {what}", err=True)


def _scenarios(lang: Language) -> list[dict[str, Any]]:
    """Names, titles and files; what cannot be read is for ``check`` to tell."""
    from sim.errors import InputError
    from sim.scenario.load import available
    from sim.scenario.yaml12 import at, read

    rows = []
    for name, path in sorted(available().items()):
        try:
            title = at(read(path), f"title.{lang}")
        except InputError:
            title = None
        rows.append({"name": name, "title": str(title.value or "") if title else "", "file": str(path)})
    return rows


def _parameters(lang: Language) -> list[dict[str, Any]]:
    from sim.scenario.catalogue import parameters
    from sim.scenario.explain import allowed_values

    return [
        {
            "key": entry.key.replace("[]", ".NAME"),
            "default": json.dumps(entry.default, ensure_ascii=False),
            "unit": entry.unit,
            "meaning": entry.zh if lang == "zh" else entry.en,
            "allowed": allowed_values(entry, lang),
            "source": entry.source,
            "scope": entry.scope,
            "within": _within(entry.key),
        }
        for entry in parameters()
    ]


def _within(key: str) -> str:
    """What the blocks around a parameter are called, in both languages: 激励 finds all of ``mechanism.incentives``."""
    from sim.scenario.catalogue import entries

    parts = key.split(".")[:-1]
    around = (entries()[".".join(parts[:depth]).removesuffix("[]")] for depth in range(2, len(parts) + 1))
    return "; ".join(f"{block.en} {block.zh}" for block in around)


def _metrics(lang: Language) -> list[dict[str, Any]]:
    from sim.model import measures

    aims = measures.metrics()
    others = [each for each in measures.MEASURES if each not in aims]
    return [
        {"name": each.name, "unit": each.form if each in aims else each.unit, "meaning": each.meaning(lang)}
        for each in (*aims, *others)
    ]
