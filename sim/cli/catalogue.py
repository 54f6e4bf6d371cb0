"""``list``: what there is to name in commands, scenarios and goals."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.cli.options import Language

if TYPE_CHECKING:
    from sim.scenario.origins import Origin


@click.command("list")
@click.argument("what", type=click.Choice(["scenarios", "parameters", "metrics"]), default="scenarios")
@click.argument("word", required=False)
@click.option(
    "--origin",
    type=click.Choice(["published", "calibrated", "design"]),
    help="Parameters of behaviour whose value comes from there, with plausible range, reason, and whether the sign is "
    "assumed.",
)
@options.lang
@options.as_json
def list_command(what: str, word: str | None, origin: str | None, lang: Language, as_json: bool) -> None:
    """List scenarios with their titles, parameters with their meaning, or metrics that goals can name.

    WORD: only what has it in its name or meaning, or in that of the block it lies in.
    """
    if origin and what != "parameters":
        raise click.UsageError(f"--origin is about parameters: list parameters --origin {origin}")
    rows = {"scenarios": _scenarios, "parameters": _parameters, "metrics": _metrics}[what](lang)
    if origin:
        rows = [row for row in rows if row["origin"] == origin]
    if word:
        rows = [row for row in rows if any(word.lower() in str(row[key]).lower() for key in row.keys() - _UNSEARCHED)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif rows:
        from sim.views.columns import columns

        shown = [_by_origin(row, lang) if origin else _plain(row) for row in rows]
        click.echo("\n".join(columns(shown, left=range(len(shown[0])))))
    else:
        wanted = [f"with '{word}'"] * bool(word) + [f"of origin '{origin}'"] * bool(origin)
        click.echo(f"nothing {' '.join(wanted)} among the {what}", err=True)


_OF_ORIGIN = {"origin", "low", "high", "neutral", "reason", "sign_assumed"}
#: What a word is not looked for in, and what the plain list does not show.
_UNSEARCHED = {"file", "scope", *_OF_ORIGIN}
_HIDDEN = {"source", "scope", "file", "within", *_OF_ORIGIN}


def _plain(row: dict[str, Any]) -> list[str]:
    """What the plain list shows of a row."""
    return [str(value) for key, value in row.items() if key not in _HIDDEN]


def _by_origin(row: dict[str, Any], lang: Language) -> list[str]:
    """What the list by origin shows of a parameter."""
    from sim.scenario.catalogue import number

    assumed = {"en": "sign assumed", "zh": "方向为假定"}[lang] if row["sign_assumed"] else ""
    between = f"{number(row['low'])} … {number(row['high'])}"
    return [row["key"], row["default"], row["unit"], between, assumed, row["reason"]]


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
            **_origin(entry.origin, lang),
        }
        for entry in parameters()
    ]


def _origin(origin: Origin | None, lang: Language) -> dict[str, Any]:
    """What is known of the value of a behavioural parameter; null for others."""
    if origin is None:
        return dict.fromkeys(("origin", "low", "high", "neutral", "reason", "sign_assumed"))
    reason = origin.zh if lang == "zh" else origin.en
    ends = {"low": origin.low, "high": origin.high, "neutral": origin.neutral}
    return {"origin": origin.kind, **ends, "reason": reason, "sign_assumed": origin.sign_assumed}


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
