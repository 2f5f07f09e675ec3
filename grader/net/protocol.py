"""What a track's protocol does for the rest of the grader, which knows it by this alone."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from grader.course.protocols import PROTOCOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.check.declaration import Check
    from grader.check.failure import Failure
    from grader.check.past import Past
    from grader.check.random_inputs import RandomInputs
    from grader.check.transcript import Entry, Transcript
    from grader.net.session import ServerSession, Surroundings
    from grader.program.reference import Reference


class TrackProtocol(Protocol):
    """One protocol. It keeps no state: all that it is asked for, it makes from what it is given.

    When a program is ready is the transport's to say, and that stands in the launch contract.
    """

    def session(
        self, around: Surroundings, random: RandomInputs, transcript: Transcript
    ) -> ServerSession:
        """What a check is called with. What goes wrong on it is raised as `Failure`, in the words
        of this protocol."""
        ...

    def by_hand(
        self, failure: Failure, entries: Sequence[Entry], port: int, root: str | None
    ) -> str | None:
        """A command that shows the failure by hand; `None` where there is none.

        root: the directory that holds the served one, as it was then.
        """
        ...

    def explained(self, failure: Failure, entries: Sequence[Entry], past: Past) -> Failure:
        """The failure, which says what was wrong as far as the check's transcript and what the run
        has seen before show it."""
        ...

    def connections(self, failure: Failure, entries: Sequence[Entry]) -> tuple[int, ...]:
        """The numbers of the connections that the failure is about; empty where all are to be
        shown."""
        ...

    def decoded(self, failure: Failure, entries: Sequence[Entry]) -> tuple[str, ...]:
        """What the bytes say that went last where the failure is, in words, a line each; empty
        where the protocol is one to read."""
        ...

    def place(self, port: int) -> str:
        """Where a client by hand finds the server."""
        ...

    def fault_of(self, reference: Reference, budget_s: float) -> str:
        """Why the running reference is none, as the rest of a sentence; empty when it answers.
        Raises OSError and `GraderError`."""
        ...

    def preload(self, checks: Iterable[Check]) -> None:
        """Import what takes its time and these checks will need."""
        ...


def protocol_of(name: str) -> TrackProtocol:
    """The protocol of this name. Only what a run needs is imported."""
    module, _, attribute = PROTOCOLS[name].place.partition(":")
    return cast("TrackProtocol", getattr(import_module(module), attribute))
