"""What grades for a class: processes of this machine, or those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from grader.jobs.job import Job
    from grader.jobs.results import ProcessEnd


class UnderWay(Protocol):
    """A grading under way. number: which submission. place: where it writes to. began: by the clock
    of the class. screen: the file with what it showed."""

    @property
    def number(self) -> int: ...
    @property
    def place(self) -> Path: ...
    @property
    def began(self) -> float: ...
    @property
    def screen(self) -> Path: ...


_Grading = TypeVar("_Grading", bound=UnderWay)


class GradingPool(Protocol[_Grading]):
    """All gradings that are under way: `working`."""

    working: list[_Grading]

    def kill_strays(self) -> None:
        """From now on nothing runs beside a grading; what it leaves is hunted down."""

    def start(self, number: int, job: Job, place: Path) -> None:
        """Begin it. Raises OSError and `GraderError`."""

    def ended(self, within_s: float | None = None) -> list[_Grading]:
        """Wait until one has ended (or none is left), and return those that have."""

    def dismiss(self, worker: _Grading) -> ProcessEnd:
        """How an ended one ended. It is no longer under way then."""

    def stop(self) -> None:
        """Tell all of them to stop."""

    def kill(self) -> None:
        """End all of them at once."""


class Places(Protocol):
    """Whether one more can begin."""

    def has_one(self, under_way: int) -> bool:
        """To be asked again and again while so many are under way."""

    def next_look_s(self, under_way: int) -> float | None:
        """Seconds until it is worth asking again; None as long as so many are under way."""
