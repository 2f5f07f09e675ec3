"""Renders what docs/trust.md says of the hostile programs: pure figures in, text out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Figures = Mapping[str, Any]
_WRONG = ("escaped", "misjudged", "left")


def section(found: Figures) -> tuple[str, list[tuple[str, ...]], str]:
    """The text before the table, its rows (an isolation level each), and the text after it."""
    before = f"""## Hostile programs, graded by {found["user"]}

{len(found["programs"])} programs try to escape, to stay, to exhaust the machine, to forge results
or to confuse who reads them ([attacks.py](../tests/hostile/attacks.py)). Each is graded on every
isolation level that promises to contain it. Contained: what it tried has failed, or a
limit has stopped it. Right verdict: it passes if it serves rightly all the same; else the finding
names the limit or the fault. Nothing left: no process, file, mount, namespace or port.
"""
    return before, _rows(found), _not_run(found)


def figure(found: Figures) -> str:
    """How many runs were as they should be, in one line."""
    runs = [kinds for row in found["programs"] for kinds in row["runs"].values()]
    return (
        f"{sum(not kinds for kinds in runs)} of {len(runs)} runs: contained, rightly judged,"
        " nothing left"
    )


def _rows(found: Figures) -> list[tuple[str, ...]]:
    return [_row(found, level) for level in found["levels"]]


def _row(found: Figures, level: str) -> tuple[str, ...]:
    runs = [row["runs"][level] for row in found["programs"] if level in row["runs"]]
    if not runs:
        return level, f"not here: {found['missing'].get(level, 'not measured')}", "", "", ""
    return (
        level,
        str(len(runs)),
        *(str(sum(wrong not in kinds for kinds in runs)) for wrong in _WRONG),
    )


def _not_run(found: Figures) -> str:
    """Which programs a level does not promise to contain, and what those try that none contains."""
    lines = []
    for level in found["levels"]:
        names = [
            f"`{row['program']}`"
            for row in found["programs"]
            if row["promised"] and level not in row["promised"]
        ]
        lines.append(f"- {level}: {', '.join(names) or 'all of them are run'}")
    text = (
        "\nNot run, because the isolation level does not promise to contain it:\n\n"
        + "\n".join(lines)
        + "\n"
    )
    if nowhere := [
        f"`{row['program']}`: {row['tries']}" for row in found["programs"] if not row["promised"]
    ]:
        text += f"\nContained by no isolation level without cgroups: {'; '.join(nowhere)}\n"
    return text
