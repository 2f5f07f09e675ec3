"""What shows a fault of HTTP by hand: curl, netcat, or a few lines of Python. Pure.

How it works. `reproduce.choice` says which connections to repeat; here each becomes a line. curl is
what a learner knows, so it comes first, but only where it would send the same bytes and hides
nothing of the fault. Otherwise printf writes the exact bytes into netcat.

Why so. curl repairs what is wrong with framing, says nothing of a connection that stays open, and
adds headers of its own: for those faults it would show a right server. A fault in files is shown by
the files, so what they hold afterwards is part of the command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.http1.reproduce import look
from grader.http1.reproduce.curl import curl
from grader.http1.wire import request_line
from grader.reproduce.choice import (
    in_its_own_directory,
    last_to_speak,
    netcat,
    shown,
)
from grader.reproduce.script import is_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.failure import Failure

_SEEN_BY_CURL = frozenset({Kind.MISMATCH, Kind.FILES, Kind.SILENCE})


def by_hand(
    failure: Failure, entries: Sequence[Entry], port: int, root: str | None, *, curl: bool = True
) -> str | None:
    """As `command`; curl where it is there, and hides nothing of this kind of failure."""
    raw = failure.kind not in _SEEN_BY_CURL or not curl
    return command(entries, port, raw=raw, failure=failure, root=root)


def command(
    entries: Sequence[Entry],
    port: int,
    *,
    raw: bool,
    failure: Failure | None = None,
    root: str | None = None,
) -> str | None:
    """A command for the connection that the failure was seen on; `None` where there is none.

    raw: the fault is in bytes or in the connection, which curl would hide. root: the directory that
    holds the served one, as it was then.
    """
    kind = failure.kind if failure else None
    here = look.is_about(failure, last_to_speak(entries))

    def client(sent: Sequence[bytes], last: bool) -> str:
        seen = failure if last and here else None
        alone = look.is_of_the_body(seen)
        end = look.at_answer(seen, entries, body_alone=True)
        options = _options(kind, entries, piped=bool(end))
        line = None if raw or len(sent) > 1 else curl(sent[0], port, *options, head=not alone)
        if line is not None:
            return line + end
        return netcat(sent, port) + look.at_answer(seen, entries, body_alone=False)

    about = failure.connection if failure else None
    line = shown(entries, port, kind, client, _target, about=about)
    if line is None:
        return None
    at_file = look.at_file(failure, entries) if failure and kind is Kind.FILES else ""
    if is_script(line):
        return f"{line}\n{at_file}" if at_file else line
    return in_its_own_directory(f"{line}; {at_file}" if at_file else line, root)


def _target(sent: Sequence[bytes]) -> bytes | None:
    """What the first request on a connection is about: what was stored or asked there earlier may
    be the cause."""
    target = request_line(b"".join(sent)).target
    return target if target not in (b"", b"/") else None


def _options(kind: Kind | None, entries: Sequence[Entry], *, piped: bool) -> list[str]:
    """curl has no time limit by default, and shows its progress outside a terminal."""
    waits = kind is Kind.SILENCE or not _is_ended(entries)
    return [*(["-m 5"] if waits else []), *(["-sS"] if piped else [])]


def _is_ended(entries: Sequence[Entry]) -> bool:
    """Whether a client knows where the last answer ends."""
    last = next((it for it in reversed(entries) if it.direction is Direction.RECEIVED), None)
    if last is None:
        return True
    came = [it for it in entries if it.connection == last.connection and it.by != "grader"]
    head = b"".join(it.data for it in came).lower()
    framed = b"\ncontent-length:" in head or b"\ntransfer-encoding:" in head
    return framed or any(it.direction is not Direction.RECEIVED for it in came)
