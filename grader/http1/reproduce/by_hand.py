"""What shows a fault of HTTP by hand: curl, netcat, or a few lines of Python. Pure.

How it works. `reproduce.choice` says which connections to repeat; here each becomes a line. curl is
what a learner knows, so it comes first, but only where it would send the same bytes and hides
nothing of the fault. Otherwise printf writes the exact bytes into netcat.

Why so. curl repairs what is wrong with framing, says nothing of a connection that stays open, and
adds headers of its own: for those faults it would show a right server. A fault in files is shown by
the files, so what they hold afterwards is part of the command.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.http1.reproduce.curl import curl
from grader.http1.wire import request_line
from grader.reproduce.choice import (
    in_its_own_directory,
    netcat,
    readable,
    shown,
)
from grader.reproduce.script import is_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.failure import Failure

_SEEN_BY_CURL = frozenset({Kind.MISMATCH, Kind.FILES, Kind.SILENCE})


def by_hand(failure: Failure, entries: Sequence[Entry], port: int, root: str | None) -> str | None:
    """As `command`; curl where it hides nothing of this kind of failure."""
    kind = failure.kind
    raw = kind not in _SEEN_BY_CURL
    return command(entries, port, raw=raw, kind=kind, root=root, file=failure.file)


def command(
    entries: Sequence[Entry],
    port: int,
    *,
    raw: bool,
    kind: Kind | None = None,
    root: str | None = None,
    file: str | None = None,
) -> str | None:
    """A command for the connection that the failure was seen on; `None` where there is none.

    raw: the fault is in bytes or in the connection, which curl would hide. root: the directory that
    holds the served one, as it was then. file: what the failure is about,
    by its name there.
    """

    def client(sent: Sequence[bytes]) -> str:
        line = None if raw or len(sent) > 1 else curl(sent[0], port, *_options(kind, entries))
        return (line or netcat(sent, port)) + readable(entries)

    line = shown(entries, port, kind, client, _target)
    if line is None or is_script(line):
        return line
    looked = _looked_at(file, entries) if kind is Kind.FILES else ""
    return in_its_own_directory(line + looked, root)


def _target(sent: Sequence[bytes]) -> bytes | None:
    """What the first request on a connection is about: what was stored or asked there earlier may
    be the cause."""
    target = request_line(b"".join(sent)).target
    return target if target not in (b"", b"/") else None


def _options(kind: Kind | None, entries: Sequence[Entry]) -> list[str]:
    """curl has no time limit by default, and shows its progress outside a terminal."""
    return [*(["-m 5"] if kind is Kind.SILENCE else []), *(["-sS"] if readable(entries) else [])]


def _looked_at(file: str | None, entries: Sequence[Entry]) -> str:
    """The file, as it is afterwards; after a refusal, or where none is known, also the others."""
    answers = [entry.data for entry in entries if entry.direction is Direction.RECEIVED]
    refused = bool(answers) and answers[-1][9:10] in (b"4", b"5")
    listed = '; ls -l "$DIR"' if refused or file is None else ""
    if file is None:
        return listed
    place = shlex.quote(file) if file.startswith("/") else f'"$DIR"/{shlex.quote(file)}'
    return f"{listed}; head -c 300 {place} | od -c"
