"""Reasons that several submissions of a class share, each in one line. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.jobs.results import ClassOutcome
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.jobs.results import ClassResult

_MISSING: Final = re.compile(
    r"(\S+) is not on this machine, and .* needs it: install \S+", re.DOTALL
)
"""As `grader.program` says it."""


def shared_reasons(rows: Iterable[tuple[str, str, ClassResult]]) -> list[str]:
    """`8 submissions need uv, which this machine does not have: ada, bob, ...`: a sentence for each
    reason why several could not be judged, the most frequent first. rows: names, paths and
    results."""
    found: dict[str, list[str]] = {}
    for name, path, result in rows:
        if result.outcome is ClassOutcome.ERRORED:
            found.setdefault(_reason(name, path, result.reason or ""), []).append(name)
    groups = sorted(found.items(), key=lambda group: -len(group[1]))
    return [_sentence(reason, names) for reason, names in groups if len(names) > 1]


def _reason(name: str, path: str, reason: str) -> str:
    """Without what is different for each."""
    if missing := _MISSING.fullmatch(reason):
        return f"need {missing[1]}, which this machine does not have"
    alike = reason.replace(path, "SUBMISSION") if path else reason
    return f"could not be judged for the same reason ({alike.replace(name, 'SUBMISSION')})"


def _sentence(reason: str, names: list[str]) -> str:
    return f"{counted(len(names), 'submission')} {reason}: {', '.join(names)}."
