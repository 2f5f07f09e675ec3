"""Owns which causes a run has explained: the first failure of a cause is shown in full, the others
are named at the end of their stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.text.layout import hang

if TYPE_CHECKING:
    from grader.report.model import CheckReport
    from grader.text.style import Style


class ShownCauses:
    """The causes that have been shown in this run. Each failure is asked about once, in order. key:
    what the user gives to see all of them."""

    def __init__(self, key: str = "-v") -> None:
        self._key = key
        self._first: dict[str, str] = {}
        self._more: dict[tuple[str, str], list[str]] = {}
        self.any_failed = False

    def folds(self, check: CheckReport, name: str) -> bool:
        """Whether an earlier failure has explained this one, so that its name is enough. name: of
        its mark. A note explains no failure."""
        self.any_failed = self.any_failed or name == "failed"
        cause = f"{name} | {check.failure.cause}" if check.failure and check.failure.cause else ""
        if not cause:
            return False
        if cause not in self._first:
            self._first[cause] = check.id
            return False
        self._more.setdefault((name, self._first[cause]), []).append(check.id)
        return True

    def end_lines(self, style: Style) -> list[str]:
        """The failures of the stage that has ended which were not shown, by the one that explains
        them."""
        more, self._more = self._more, {}
        return [
            line
            for (name, first), checks in more.items()
            for line in self._named(name, first, checks, style)
        ]

    def _named(self, name: str, first: str, checks: list[str], style: Style) -> list[str]:
        slug = first.partition("/")[0]
        names = ", ".join(check.removeprefix(f"{slug}/") for check in checks)
        fail = "1 more check fails" if len(checks) == 1 else f"{len(checks)} more checks fail"
        says = f"{fail} like {first} ({self._key} shows all): {names}"
        one, *rest = hang(style.mark(name), style.text(says), style.width)
        return [style.marked(name, one), *rest]
