"""The sentences on a program that ended or was stopped, and on a connection that ended without an
answer. Pure."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.diagnosis.places import raised_at
from grader.text.layout import counted
from grader.text.sentence import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.diagnosis.silence import ProtocolHints
    from grader.diagnosis.source_line import Raised

_LONGEST_WORDS: Final = 300
_FOLDERS: Final = "Put each submission into its own folder: it sees every file of that folder."
_CRASHES: Final = frozenset([signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE])


def explain_exit(
    status: int, output: bytes, when: str, raised: Raised | None = None, missed: str = ""
) -> Failure:
    """The failure for a program that ended. `when` ends the sentence "Your program crashed ...";
    `raised` is the last traceback of its output; `missed` a file that it names and does not get to
    see."""
    ended = how_it_ended(status)
    words = last_words(output)
    return Failure(
        Kind.EXIT,
        sentences(_ended(status, when, raised), "" if raised else words, _hidden(missed)),
        expected="a program that runs until it is stopped",
        actual=(
            raised.place.under(f"{ended}, exception at {raised.place}")
            if raised and raised.place
            else ended
        ),
        hint=_FOLDERS if missed else _exit_hint(status, bool(words), raised),
        at=raised_at(raised),
    )


def _ended(status: int, when: str, raised: Raised | None) -> str:
    if not raised:
        return f"your program {how_it_ended(status)} {when}"
    how = "crashed" if 0 < status <= 128 else how_it_ended(status)
    return f"your program {how} {when}: {raised}"


def last_words(output: bytes) -> str:
    """A clause with the last line that a program printed; empty when there is none."""
    lines = [line.strip() for line in output.decode(errors="replace").splitlines() if line.strip()]
    return f'its last output was "{lines[-1][:_LONGEST_WORDS]}"' if lines else ""


def _hidden(missed: str) -> str:
    why = "submissions that are graded together from one folder do not see each other's files"
    return f"it cannot see {missed}: {why}" if missed else ""


def after_resets(connections: Sequence[int], otherwise: str) -> str:
    """When a program ended, for `explain_exit`: after the grader had reset these connections, or
    else `otherwise`."""
    if not connections:
        return otherwise
    one = len(connections) == 1
    which = f"connection {connections[0]}" if one else f"{len(connections)} connections"
    return f"after the client reset {which}"


def _exit_hint(status: int, spoke: bool, raised: Raised | None) -> str | None:
    killed = how_it_ended(status).startswith("was killed")
    if raised and raised.place:
        return "Read the traceback in the program's output. An uncaught exception ends a program."
    if killed and status - 128 in _CRASHES:
        return "Run it in a debugger to find the line: look for a bad pointer or a division by 0."
    if spoke:
        return "Read the end of the program's output: it usually names the file and the line."
    if killed:
        return None
    return "Do not let main return: a server waits for connections in a loop."


def explain_limit(how: str) -> Failure:
    """The failure for a program that used more of the machine than it may. `how` is the rest of the
    sentence."""
    return Failure(
        Kind.RESOURCE,
        f"Your server {how}.",
        expected="a program that stays below the limits",
        actual=f"it {how}",
        hint="After each request, close what you opened, end what you started, and free memory.",
    )


def explain_stopped(failure: Failure, how: str) -> Failure:
    """The failure, and that the server is stopped, where it does not say so already. `how` is a
    clause, or empty."""
    if not how or "stopped itself" in failure.summary or "is stopped by" in failure.summary:
        return failure
    return Failure(
        failure.kind, sentences(failure.summary, how), expected=failure.expected,
        actual=failure.actual, offset=failure.offset, hint=failure.hint, cite=failure.cite,
        by_hand=failure.by_hand, at=failure.at,
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
    after = f" after {counted(answers, 'answer')}," if answers else ""
    which = "an answer to the next request" if answers else "an answer"
    how = "reset" if reset else "closed"
    ending = "connection reset" if reset else "end of connection"
    return Failure(
        Kind.CLOSED,
        sentences(
            f"your server {how} the connection{after} without {which}",
            f"it raised {raised}" if raised else "",
        ),
        expected="an answer",
        actual=(
            raised.place.under(f"{ending}, exception at {raised.place}")
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
        "Your handler probably raised or returned early: look for a traceback in the program's"
        " output."
    )
