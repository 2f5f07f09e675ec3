"""Many requests that differ in a word, or many pieces of one, as a loop of Python. Pure."""

from __future__ import annotations

import re
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction, Entry
from grader.reproduce.printing import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

RACE: Final = "# all at the same time: a race may take some runs until it goes wrong"
"""Stands in a script whose outcome may depend on which client comes first."""

_LEAST = 8  # fewer are told one by one
_MANY_IN_A_ROW = 16
_TIMEOUT_S = 5
_WORD = re.compile(rb"\w+")


def crowd(entries: Sequence[Entry], port: int) -> str | None:
    """What they did, in the same order: all connect, all send, all listen. None when they did
    something else."""
    sent = [entry for entry in entries if entry.direction is Direction.SENT]
    clients = [entry.connection for entry in sent]
    acts = [
        (direction, list(run))
        for direction, run in groupby(entries, key=lambda entry: entry.direction)
    ]
    steps = [direction for direction, _ in acts[:2]]
    if (
        len(sent) < _LEAST
        or steps != [Direction.OPENED, Direction.SENT]
        or len(acts[1][1]) != len(sent)
    ):
        return None
    if len(set(clients)) != len(clients) or sorted(
        entry.connection for entry in acts[0][1]
    ) != sorted(clients):
        return None
    before, words, behind = _apart([entry.data for entry in sent])
    if not all(map(_WORD.fullmatch, words)):
        return None
    each = "for client, word in zip(clients, words):"
    return "\n".join([
        "python3 - <<'END'",
        RACE,
        "import socket",
        f'words = "{b" ".join(words).decode()}".split()',
        f'clients = [socket.create_connection(("localhost", {port}), {_TIMEOUT_S}) for _ in words]',
        f"{each} client.sendall({before!r} + word.encode() + {behind!r})",
        f"{each} print(word, client.recv(65536)); client.close()",
        "END",
    ])  # fmt: skip


def in_a_row(sent: Sequence[bytes], port: int) -> str | None:
    """The same client's requests on one connection, when they are many and differ in a word: that
    becomes their number."""
    if len(sent) < _MANY_IN_A_ROW:
        return None
    before, words, behind = _apart(sent)
    if not all(map(_WORD.fullmatch, words)):
        return None
    number = "str(number).encode()"
    return "\n".join([
        "python3 - <<'END'",
        "import socket",
        f'client = socket.create_connection(("localhost", {port}), {_TIMEOUT_S})',
        f"for number in range(1, {len(sent) + 1}):",
        f"    client.sendall({before!r} + {number} + {behind!r})",
        "    print(number, client.recv(65536))",
        "END",
    ])  # fmt: skip


def byte_by_byte(sent: Sequence[bytes], port: int) -> str | None:
    """What one client sent, when most of it came in single bytes."""
    if sum(1 for piece in sent if len(piece) == 1) < _MANY_IN_A_ROW:
        return None
    pieces: list[str] = []
    for size, run in groupby(sent, key=len):
        alike = list(run)
        single = f"*(bytes([one]) for one in {literal(b''.join(alike))})"
        pieces += [single] if size == 1 else map(literal, alike)
    return "\n".join([
        "python3 - <<'END'",
        "import socket, time",
        f'client = socket.create_connection(("localhost", {port}), {_TIMEOUT_S})',
        f"for piece in [{', '.join(pieces)}]:",
        "    client.sendall(piece); time.sleep(0.05)",
        "print(client.recv(65536))",
        "END",
    ])  # fmt: skip


def _apart(requests: Sequence[bytes]) -> tuple[bytes, list[bytes], bytes]:
    """What all begin with, what is each one's own, what all end with."""
    before = _shared(requests)
    rest = [request[len(before) :] for request in requests]
    behind = _shared([one[::-1] for one in rest])[::-1]
    return before, [one.removesuffix(behind) for one in rest], behind


def _shared(texts: Sequence[bytes]) -> bytes:
    """What all begin with."""
    return bytes(
        column[0]
        for column in takewhile(lambda column: len(set(column)) == 1, zip(*texts, strict=False))
    )
