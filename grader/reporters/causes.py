"""Owns which causes a run has explained: the first failure of a cause is shown in full, the others
are named at the end of their stage. Notes can wait as long as something fails: one is named there,
several are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.text.layout import cut, hang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.report.model import CheckReport
    from grader.text.style import Style


def pieces_of_advice(count: int) -> str:
    """How many notes there are."""
    return "1 piece of advice" if count == 1 else f"{count} pieces of advice"


class ShownCauses:
    """The causes that have been shown in this run. Each failure is asked about once, in order. key:
    what the user gives to see all of them."""

    def __init__(self, key: str = "-v") -> None:
        self._key = key
        self._first: dict[str, str] = {}
        self._more: dict[tuple[str, str], list[str]] = {}
        self._waiting: list[str] = []
        self.any_failed = False
        self.any_waited = False

    def waits(self, check: CheckReport, name: str) -> bool:
        """Whether it is a note after a failure, of which its stage's end says enough."""
        if name != "note" or not self.any_failed:
            return False
        self._waiting.append(check.title)
        self.any_waited = True
        return True

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
        them, and how many notes were not."""
        more, self._more = self._more, {}
        waiting, self._waiting = self._waiting, []
        named = [
            line
            for (name, first), checks in more.items()
            for line in self._named(name, first, checks, style)
        ]
        return [*named, *self.counted(waiting, style)]

    def counted(self, notes: Sequence[str], style: Style) -> list[str]:
        """The line of the notes of these titles."""
        if len(notes) == 1:
            return [
                style.marked("note", cut(style.mark("note") + style.text(notes[0]), style.width))
            ]
        says = f"{pieces_of_advice(len(notes))} ({self._key} shows more)"
        return _marked("note", says, style) if notes else []

    def _named(self, name: str, first: str, checks: list[str], style: Style) -> list[str]:
        slug = first.partition("/")[0]
        names = ", ".join(check.removeprefix(f"{slug}/") for check in checks)
        fail = "1 more check fails" if len(checks) == 1 else f"{len(checks)} more checks fail"
        says = f"{fail} like {first} ({self._key} shows all): {names}"
        return _marked(name, says, style)


def _marked(name: str, says: str, style: Style) -> list[str]:
    first, *rest = hang(style.mark(name), style.text(says), style.width)
    return [style.marked(name, first), *rest]
