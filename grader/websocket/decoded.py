"""The frames of an exchange in words: what a reader cannot see in their bytes. Pure.

A client's payloads are masked (RFC 6455 5.3), so not even a text can be read. Nothing is judged
here: what is no frame, or not there as a whole, ends the list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction
from grader.text.escape import visible
from grader.text.layout import counted, cut
from grader.websocket.frame_reader import read_head
from grader.websocket.frames import FIN, NAMES, RESERVED, Opcode, frame_name, masked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.check.transcript import Entry
    from grader.websocket.frame_reader import Head

_MOST_FRAMES: Final = 6
_LONGEST: Final = 40  # columns of a payload
_LONGEST_HEAD: Final = 10  # bytes, without the mask
_SWITCHED: Final = b"HTTP/1.1 101"
_HEAD_ENDS: Final = b"\r\n\r\n"


def decoded(entries: Sequence[Entry], connection: int | None) -> tuple[str, ...]:
    """The last frames of one connection, a line each, in the order in which they began.

    connection: its number; None for the last one that became a WebSocket.
    """
    opened = [it.connection for it in entries if it.data.startswith(_SWITCHED)]
    if not opened or connection not in (None, *opened):
        return ()
    own = [it for it in entries if it.connection == (connection or opened[-1])]
    begun = [
        (at, f"{direction}: {line}")
        for direction in (Direction.SENT, Direction.RECEIVED)
        for at, line in _last_frames(own, direction)
    ]
    return tuple(line for _, line in sorted(begun, key=itemgetter(0)))[-_MOST_FRAMES:]


def _last_frames(entries: Sequence[Entry], direction: Direction) -> Iterator[tuple[int, str]]:
    """The last that went in this direction: the entry in which each begins, and the frame. A server
    may send very many, so only these are put into words."""
    places = [at for at, it in enumerate(entries) if it.direction is direction and it.data]
    pieces = [entries[at].data for at in places]
    data, ends = b"".join(pieces), list(accumulate(map(len, pieces)))
    cut_short = any(entries[at].left_out for at in places)
    for position, head in deque(_heads(data, cut_short=cut_short), _MOST_FRAMES):
        start = position + head.size + 4 * head.is_masked
        payload = data[start : start + head.length]
        if head.is_masked:
            payload = masked(payload, data[start - 4 : start])
        yield places[bisect_right(ends, position)], _line(head.first, payload, head)


def _heads(data: bytes, *, cut_short: bool) -> Iterator[tuple[int, Head]]:
    """Where each frame begins behind the handshake, and its head. cut_short: some of the bytes were
    not kept, nobody knows where; so only the first is certain."""
    position = data.find(_HEAD_ENDS) + len(_HEAD_ENDS)
    while head := read_head(bytearray(data[position : position + _LONGEST_HEAD])):
        if not _is_known(head.first):
            return
        yield position, head
        if cut_short:
            return
        position += head.size + 4 * head.is_masked + head.length


def _is_known(first: int) -> bool:
    """Whether it is the first byte of a frame; that of HTTP has an opcode, too."""
    return first & 0x0F in NAMES and first != ord("H")


def _line(first: int, payload: bytes, head: Head) -> str:
    opcode = first & 0x0F
    more = "" if first & FIN else ", without FIN"
    more += ", with a reserved bit" if first & RESERVED else ""
    hidden = ", masked" if head.is_masked else ""
    said = f"{frame_name(opcode)} of {counted(head.length, 'byte')}{hidden}{more}"
    return f"{said}: {_said(opcode, payload)}" if payload else said


def _said(opcode: int, payload: bytes) -> str:
    if opcode == Opcode.CLOSE and len(payload) > 1:
        code = int.from_bytes(payload[:2], "big")
        return f"code {code} {cut(visible(payload[2:]), _LONGEST)}".rstrip()
    return cut(visible(payload), _LONGEST)
