"""What is wrong with a submission: a `Failure` is the learner's, and says what was expected and
what came."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable


class Kind(StrEnum):
    """The sorts of failure a report distinguishes; the value is what the JSON report carries."""

    START = "start"  # the program did not come to listen where it should
    EXIT = "exit"  # the program ended
    SILENCE = "silence"  # no answer came
    CLOSED = "closed"  # the connection ended before the answer did
    INCOMPLETE = "incomplete"  # a part of the answer never came
    MALFORMED = "malformed"  # the bytes break the rules of the protocol
    MISMATCH = "mismatch"  # a well-formed answer, and not the right one
    CONNECTION = "connection"  # kept open, closed or reset at the wrong moment
    FILES = "files"  # the files on disk are not what they should be
    RESOURCE = "resource"  # processor time, descriptors or memory wasted


Hint = str | tuple[str, ...]
"""One sentence that teaches, or several, each shown only when asked for: what to look at, then
where, then what others did wrong there."""

SourcePlace = tuple[str, int]
"""A line of the submission: its file, relative to the submission, and its number from 1."""


class AskedAgain(Value, frozen=True):
    """A question to the program, launched once more: as before, and with a slash at the end of its
    directory.

    is_right: whether the server that it is called with gives the right answer now. as_before,
    with_slash: a sentence and a hint, for the launch that made it right; None where that tells
    nothing.
    """

    is_right: Callable[[Any], bool]
    as_before: tuple[str, Hint] | None
    with_slash: tuple[str, Hint]


class Failure(Exception):
    """A check's negative answer.

    summary: one sentence for the learner, without a final line break. expected, actual: what should
    have come and what did. `bytes` are shown escaped with a caret at `offset` when both are bytes;
    `str` is shown as prose. offset: the first differing byte of `actual`, counted from 0. hint: one
    sentence that teaches, chosen by what was seen, never the solution; or several, in steps: what
    to look at, then where, then what others did wrong there. None for the check's own. hint_alone:
    the check's own does not fit what was seen. cite: the rule that is broken, where it is narrower
    than the check's own ("RFC 9112 4"). by_hand: a shell command that shows the fault, with {port}
    in it, where repeating what was sent would not. at: the line of the submission that raised or
    blocks, where it is known. file: the file that it is about, by its name in the served directory.
    cause: a word for what was recognised, where that says more than the sentence: failures with the
    same one have the same cause (`grader.check.cause`).
    retell: tells the same failure again, with the lines of the program's threads
    (`diagnosis.Lines`), where it is explained by what they do.
    asked_again: what a second launch of the program can tell.
    connection: the number of the one that it is about, where that is not the one that did something
    last.
    says_all: what the program has printed meanwhile is what it was asked to do, and adds nothing.
    """

    def __init__(
        self,
        kind: Kind,
        summary: str,
        *,
        expected: str | bytes | None = None,
        actual: str | bytes | None = None,
        offset: int | None = None,
        hint: Hint | None = None,
        hint_alone: bool = False,
        cite: str | None = None,
        by_hand: str | None = None,
        at: SourcePlace | None = None,
        file: str | None = None,
        cause: str | None = None,
        retell: Callable[[Any], Failure] | None = None,
        connection: int | None = None,
        says_all: bool = False,
    ) -> None:
        super().__init__(summary)
        self.kind = kind
        self.summary = summary
        self.expected = expected
        self.actual = actual
        self.offset = offset
        self.hint = hint
        self.hint_alone = hint_alone
        self.cite = cite
        self.by_hand = by_hand
        self.at = at
        self.file = file
        self.cause = cause
        self.retell = retell
        self.asked_again: AskedAgain | None = None
        self.connection = connection
        self.says_all = says_all

    @property
    def hints(self) -> tuple[str, ...]:
        """The steps of the hint; none where there is no hint."""
        return (self.hint,) if isinstance(self.hint, str) else self.hint or ()
