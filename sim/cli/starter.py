"""The scenario that ``init`` writes: the levers one turns first, each with its meaning and its default."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.cli.options import Language
from sim.errors import InputError
from sim.scenario.catalogue import parameters
from sim.scenario.explain import remark, scalar

#: In the order of the file.
LEVERS = (
    "run.days",
    "run.replicates",
    "run.seed",
    "market.people",
    "market.tribes",
    "culture.theme",
    "culture.promise",
    "mechanism.content.posts_per_week",
    "mechanism.content.quality",
    "mechanism.content.warmth",
    "business.selling.promos_per_week",
)

TEXTS = {
    "en": {
        "head": "The levers one turns first, at their defaults. 'show {file} --resolved' shows all others.",
        "title": "My plan",
        "kols": "people who post in their own name; posts_per_week, warmth and the like have defaults",
        "goals": "reported as a chance of success",
        "playbook": "changes of plan: by day, when: a condition holds, or at a rate a year; for: so many days",
    },
    "zh": {
        "head": "最先调整的参数，取默认值。用 show {file} --resolved --lang zh 查看其余全部参数。",
        "title": "我的方案",
        "kols": "以个人名义发文的人；发文频率、温度等均有默认值",
        "goals": "报告为达成概率",
        "playbook": "计划变更：day 按日期、when 按条件、rate 每年随机次数；for 为持续天数",
    },
}


def write_starter(file: Path, lang: Language) -> None:
    """Write the file.

    Raises
    ------
    InputError : the file is there, cannot be written, or would not be read as a scenario.
    """
    if file.suffix.lower() not in {".yaml", ".yml"}:
        hint = f"Write {file.name}.yaml." if file.name.strip(".") and "." not in file.name else "Choose another name."
        raise InputError("no scenario has such a name", place=str(file), expected="an ending .yaml or .yml", hint=hint)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(starter(file, lang))
    except FileExistsError:
        raise InputError("the file is there already", place=str(file), hint="Choose another name.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"the file cannot be written ({reason})", place=str(file), hint="Choose another place."
        ) from None


def starter(file: Path, lang: Language) -> str:
    """The text of the file."""
    text = TEXTS[lang]
    lines = [f"# {text['head'].format(file=file.name)}", f"title: {{{lang}: {text['title']}}}"]
    lines += _levers(lang)
    lines += [
        f"structure:\n  kols:  # {text['kols']}",
        "    - {name: host, quality: 0.6}",
        f"goals:  # {text['goals']}",
        "  - strong_share >= 5% by day 180",
        f"# playbook:  # {text['playbook']}",
        "#   - {day: 90, set: {mechanism.content.quality: 0.8}}",
    ]
    return "\n".join(lines) + "\n"


def _levers(lang: Language) -> Iterator[str]:
    entries = {entry.key: entry for entry in parameters()}
    open_blocks: list[str] = []
    for key in LEVERS:
        *blocks, last = key.split(".")
        for depth, block in enumerate(blocks):
            if open_blocks[: depth + 1] != blocks[: depth + 1]:
                yield f"{'  ' * depth}{block}:"
        open_blocks = blocks
        yield f"{'  ' * len(blocks)}{last}: {scalar(entries[key].default)}  # {remark(entries[key], lang)}"
