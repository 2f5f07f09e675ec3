"""Renders what docs/trust.md says of the hostile programs: pure figures in, text out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Figures = Mapping[str, Any]
_FACTS = ("programs", "contained", "right_verdict", "nothing_left")


def section(found: Figures) -> tuple[str, list[tuple[str, ...]], str]:
    """The text before the table, its rows (a rung each), and the text after it."""
    before = f"""## Hostile programs, graded by {found["user"]}

{len(found["programs"])} programs try to escape, to stay, to exhaust the machine, to forge results or to confuse who
reads them ([attacks.py](../tests/hostile/attacks.py)). Each is graded on every rung of the isolation ladder that
promises to contain it. Contained: what it tried has failed, or a limit has stopped it. Right verdict: it passes if it
serves rightly all the same; else the finding names the limit or the fault. Nothing left: no process, file, mount,
namespace or port.
"""
    return before, _rows(found), _not_run(found)


def figure(found: Figures) -> str:
    """How many runs were as they should be, in one line."""
    runs = sum(row["programs"] for row in found["rungs"])
    good = min(sum(row[fact] for row in found["rungs"]) for fact in _FACTS[1:])
    return f"{good} of {runs} runs: contained, rightly judged, nothing left"


def _rows(found: Figures) -> list[tuple[str, ...]]:
    return [
        (row["rung"], *((str(row[fact]) for fact in _FACTS) if row["programs"] else _none(row)))
        for row in found["rungs"]
    ]


def _none(row: Figures) -> tuple[str, ...]:
    return (f"not here: {row['missing']}", "", "", "")


def _not_run(found: Figures) -> str:
    """Which programs a rung does not promise to contain, with what they try."""
    lines = []
    by_program = {row["program"]: row["tries"] for row in found["programs"]}
    nowhere = {*by_program}.intersection(*({*row["not_run"]} for row in found["rungs"]))
    for row in found["rungs"]:
        names = [f"`{name}`" for name in row["not_run"] if name not in nowhere]
        lines.append(f"- {row['rung']}: {', '.join(names) or 'all of them are run'}")
    text = "\nNot run, because the rung does not promise to contain it:\n\n" + "\n".join(lines) + "\n"
    if nowhere:
        text += (
            "\nContained by no rung yet: "
            + "; ".join(f"`{name}`: {by_program[name]}" for name in sorted(nowhere))
            + "\n"
        )
    return text
