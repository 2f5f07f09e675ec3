"""A conversation over several connections, or one whose end is the point, as a few lines of Python.
Pure."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from grader.check.transcript import Direction, Entry
from grader.reproduce.parallel_clients import RACE, crowd
from grader.reproduce.printing import literal
from grader.reproduce.short_connections import Visit, sent_data, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEGINS = "python3 - <<'END'"
_LONGEST = 2000
_MOST_LINES = 24
_MANY_VISITS = 4  # fewer are told one by one
_TIMEOUT_S = 5
_WHEN_CLOSED = "b'' when the server closes"
_LISTENER = "lsof -t -i tcp:{} -s tcp:LISTEN"
_ENDS = (Direction.CLOSED, Direction.RESET)
_RESETS = '.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))'


def script(
    entries: Sequence[Entry], port: int, *, ends: bool, about: int | None = None
) -> str | None:
    """What the clients did, in the same order. None when it is too much to be read.

    ends: show at last how the last connection ends: b'' when the server closes it, TimeoutError
    when it does not. about: in place of the last one.
    """
    if not entries:
        return None
    acts = [*_acts(entries, port, about), *_last_look(entries, port, about, ends=ends)]
    resets = any(_RESETS in line for line in acts)
    waits = any("time." in line for line in acts)
    stops = any("os.system" in line for line in acts)
    asked = ["os"] if stops else []
    imports = ", ".join(
        [*asked, "socket", *(["struct"] if resets else []), *(["time"] if waits else [])]
    )
    race = [RACE] if _at_once(entries) else []
    text = "\n".join([_BEGINS, *race, f"import {imports}", *acts, "END"])
    if len(text) <= _LONGEST and len(acts) <= _MOST_LINES:
        return text
    return None if ends else crowd(entries, port)


def _at_once(entries: Sequence[Entry]) -> bool:
    """Whether two clients that both had an answer in the end had sent something and waited for it
    at the same time."""
    answered = {it.connection for it in entries if it.direction is Direction.RECEIVED}
    waiting: set[int] = set()
    for entry in entries:
        if entry.direction is Direction.SENT and entry.connection in answered:
            waiting.add(entry.connection)
        else:
            waiting.discard(entry.connection)
        if len(waiting) > 1:
            return True
    return False


def is_script(command: str) -> bool:
    """Whether a command by hand is such lines."""
    return command.startswith(_BEGINS)


def _acts(entries: Sequence[Entry], port: int, about: int | None) -> Iterator[str]:
    """Many who come one after the other, send something and leave are a loop; else each act of a
    client is a line."""
    for start in range(len(entries)):
        visits = visiting(entries[start:])
        behind = start + sum(visit.size for visit in visits)
        before, after = entries[:start], entries[behind:]
        if len(visits) >= _MANY_VISITS and not {it.connection for it in before} & {
            it.connection for it in after
        }:
            if before:
                yield from _one_by_one(before, port, about)
            yield from _loop(visits, port)
            yield from _acts(after, port, about)
            return
    if entries:
        yield from _one_by_one(entries, port, about)


def _loop(visits: Sequence[Visit], port: int) -> Iterator[str]:
    listen = "print(client.recv(65536)); " if visits[0].waits else ""
    leave = f"client{_RESETS}; " if visits[0].resets else ""
    yield f"for data in [{', '.join(literal(visit.data) for visit in visits)}]:"
    yield f'    client = socket.create_connection(("localhost", {port}), {_TIMEOUT_S})'
    yield f"    client.sendall(data); {listen}{leave}client.close()"


def _one_by_one(entries: Sequence[Entry], port: int, about: int | None) -> Iterator[str]:
    """One line for each act of a client; connections are numbered as in the failure, those that
    stay silent are one list. What a client begins, and goes on with later, the server has a moment
    to read first."""
    acts = Counter(entry.connection for entry in entries[:-1])
    for asked in {about or entries[-1].connection, entries[-1].connection}:
        acts[asked] += 2  # it does more than stay silent, or what became of it is asked for
    silent = {number for number, count in acts.items() if count == 1}

    def who(entry: Entry) -> tuple[int, Direction, bool]:
        return (
            0 if entry.connection in silent else entry.connection,
            entry.direction,
            entry.by == "grader",
        )

    runs = [(key, list(run)) for key, run in groupby(entries, key=who)]
    for at, ((number, direction, ours), run) in enumerate(runs, 1):
        following = next((way for (other, way, _), _ in runs[at:] if other == number), None)
        goes_on = direction is following is Direction.SENT
        for line in _act(number, direction, run, port, ours=ours):
            yield f"{line}; time.sleep(0.3)" if goes_on else line


def _last_look(
    entries: Sequence[Entry], port: int, about: int | None, *, ends: bool
) -> Iterator[str]:
    """What came last, or did not come."""
    if about is not None:
        yield f"print(c{about}.recv(65536))  # {_WHEN_CLOSED}, else TimeoutError"
        return
    last = entries[-1] if entries else None
    if last is None or (last.direction is Direction.RECEIVED and not ends):
        return
    if last.direction in _ENDS and last.by == "grader":
        if ends:
            yield (
                f'time.sleep(0.5); socket.create_connection(("localhost", {port}))'
                "  # does it still listen?"
            )
        return
    reset = last.direction is Direction.RESET
    otherwise = "ConnectionResetError after a reset" if reset else "else TimeoutError"
    yield f"print(c{last.connection}.recv(65536))" + (
        f"  # {_WHEN_CLOSED}, {otherwise}" if ends else ""
    )


def _act(
    number: int, direction: Direction, run: Sequence[Entry], port: int, *, ours: bool
) -> Iterator[str]:
    match direction:
        case Direction.OPENED if not number:
            one = f'socket.create_connection(("localhost", {port}))'
            yield f"silent{run[0].connection} = [{one} for _ in range({len(run)})]"
        case Direction.OPENED:
            yield f'c{number} = socket.create_connection(("localhost", {port}), {_TIMEOUT_S})'
        case Direction.SENT:
            pieces = [f"c{number}.sendall({literal(sent_data(entry))})" for entry in run]
            yield "; time.sleep(0.3); ".join(pieces)
        case Direction.RECEIVED:
            yield f"time.sleep(0.3); print(c{number}.recv(65536))"
        case Direction.HALF_CLOSED:
            yield f"c{number}.shutdown(socket.SHUT_WR)"
        case Direction.SIGNAL:
            name = run[0].data.decode("ascii").removeprefix("SIG")
            yield f'time.sleep(0.3); os.system("kill -{name} $({_LISTENER.format(port)})")'
            yield "time.sleep(0.3)"
        case Direction.CLOSED if ours:
            yield f"c{number}.close()"
        case Direction.RESET if ours:
            yield f"c{number}{_RESETS}; c{number}.close()"
