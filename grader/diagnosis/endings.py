"""What is said of a program that ended or was stopped, and of a connection that ended without an
answer. Pure."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.diagnosis.places import raised_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.diagnosis.silence import ProtocolHints
    from grader.diagnosis.snapshot import Raised

_LONGEST_WORDS: Final = 300
_FOLDERS: Final = "Put each submission into a folder of its own: it sees everything in that folder."
_CRASHES: Final = frozenset([signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE])


def explain_exit(
    status: int, output: bytes, when: str, raised: Raised | None = None, missed: str = ""
) -> Failure:
    """The failure for a program that ended. `when` ends the sentence "your program ended ...";
    `raised` is the last traceback of its output; `missed` a file that it names and does not get to
    see, beside its own."""
    ended = how_it_ended(status)
    words = last_words(output)
    said = f"; it raised {raised}" if raised else words
    return Failure(
        Kind.EXIT,
        f"your program {ended} {when}{said}{_hidden(missed)}",
        expected="a program that runs until it is stopped",
        actual=(
            raised.place.under(f"{ended}, raised at {raised.place}")
            if raised and raised.place
            else ended
        ),
        hint=_FOLDERS if missed else _exit_hint(status, bool(words), raised),
        at=raised_at(raised),
    )


def last_words(output: bytes) -> str:
    """The end of a sentence with the last line that a program printed; empty when there is none."""
    lines = [line.strip() for line in output.decode(errors="replace").splitlines() if line.strip()]
    return f"; its last words: {lines[-1][:_LONGEST_WORDS]}" if lines else ""


def _hidden(missed: str) -> str:
    why = "of several files of one directory that are graded together, each sees itself alone"
    return f"; {missed} is hidden: {why} (give each submission a folder)" if missed else ""


def after_resets(connections: Sequence[int], otherwise: str) -> str:
    """When a program ended, for `explain_exit`: after the grader had reset these connections, or
    else `otherwise`."""
    if not connections:
        return otherwise
    which = (
        f"connection {connections[0]}"
        if len(connections) == 1
        else f"{len(connections)} connections"
    )
    return f"after the grader reset {which}"


def _exit_hint(status: int, spoke: bool, raised: Raised | None) -> str | None:
    killed = how_it_ended(status).startswith("was killed")
    if raised and raised.place:
        return (
            "The program's output has the whole traceback. An exception that nobody catches ends"
            " the program."
        )
    if killed and status - 128 in _CRASHES:
        return (
            "It did what no program may with its memory or its numbers; a debugger names the line."
        )
    if spoke:
        return "The end of the program's output usually names the file and the line."
    return (
        None
        if killed
        else "A server does not come to the end of main: it waits for connections in a loop."
    )


def explain_limit(how: str) -> Failure:
    """The failure for a program that used more of the machine than it may. `how` is the rest of the
    sentence."""
    return Failure(
        Kind.RESOURCE,
        f"your server {how}",
        expected="a program that stays below the limits",
        actual=f"it {how}",
        hint=(
            "What is opened, started or remembered for a request has to be let go when the request"
            " is done."
        ),
    )


def explain_stopped(failure: Failure, how: str) -> Failure:
    """The failure, and that the server stands still, where it does not say so already. `how` is a
    clause, or empty."""
    if not how or "stopped itself" in failure.summary or "is stopped by" in failure.summary:
        return failure
    return Failure(
        failure.kind, f"{failure.summary}; {how}", expected=failure.expected, actual=failure.actual,
        offset=failure.offset, hint=failure.hint, cite=failure.cite, by_hand=failure.by_hand,
        at=failure.at,
    )  # fmt: skip


def how_it_ended(status: int) -> str:
    """How a program ended, by its exit status, as the rest of a sentence."""
    if status <= 128:
        return f"ended with exit status {status}"
    try:
        return f"was killed by {signal.Signals(status - 128).name}"
    except ValueError:
        return f"ended with exit status {status}"


def explain_closed(
    hints: ProtocolHints, reset: bool, answers: int = 0, raised: Raised | None = None
) -> Failure:
    """The failure for a connection that ended without a byte while the program lives on.

    answers: how many it has had before. raised: what the program printed while the connection was
    open.
    """
    after = f"after {answers} answer{'s' if answers > 1 else ''} " if answers else ""
    which = " the next request" if answers else ""
    ending = "connection reset" if reset else "end of connection"
    return Failure(
        Kind.CLOSED,
        f"{after}the server {'reset' if reset else 'closed'} the connection without"
        f" answering{which}" + (f"; meanwhile it raised {raised}" if raised else ""),
        expected="an answer",
        actual=(
            raised.place.under(f"{ending}, raised at {raised.place}")
            if raised and raised.place
            else ending
        ),
        hint=hints.raised_and_closed if raised else _closed_hint(answers),
        at=raised_at(raised),
    )


def _closed_hint(answers: int) -> str:
    if answers:
        return (
            "After an answer, go back to reading on the same connection, until the client"
            " closes it."
        )
    return (
        "Your handler probably raised or returned early; a traceback, if there is one, is in its"
        " output."
    )
