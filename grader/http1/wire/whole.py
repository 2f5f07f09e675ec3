"""Owns whether bytes that a client has sent are whole requests, so that it is the server's turn."""

import re
from collections.abc import Iterator
from typing import Final

_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})(?:[ \t]*;[^\r\n]*)?\r\n")
_TRAILERS: Final = re.compile(rb"(?:[^\r\n]+\r\n)*\r\n")
_LENGTH: Final = re.compile(rb"\d{1,15}")


def are_whole(sent: bytes) -> bool:
    """Whether these are one or more requests, each with its whole body. False when that is not
    certain, as of bytes that break a rule of RFC 9112, section 6."""
    return bool(sent) and sum(map(len, whole_requests(sent))) == len(sent)


def whole_requests(sent: bytes) -> tuple[bytes, ...]:
    """These bytes, cut into requests; what is not whole, or not certain, is left out.

    >>> whole_requests(b"GET / HTTP/1.1\\r\\n\\r\\nGET /a HTTP/1.1\\r\\n\\r\\nGET")
    (b'GET / HTTP/1.1\\r\\n\\r\\n', b'GET /a HTTP/1.1\\r\\n\\r\\n')
    """
    found, at = [], 0
    while (end := sent.find(b"\r\n\r\n", at)) >= 0:
        behind = _behind_body(sent[at:end], sent, end + 4)
        if behind is None or behind > len(sent):
            break
        found.append(sent[at:behind])
        at = behind
    return tuple(found)


def _behind_body(head: bytes, sent: bytes, at: int) -> int | None:
    """Where the body that begins at `at` ends; `None` when its end has not been sent, or is not
    certain."""
    if b"\n" in head.replace(b"\r\n", b""):
        return None
    codings = list(_values(head, b"transfer-encoding"))
    lengths = list(_values(head, b"content-length"))
    if codings:
        return _behind_chunks(sent, at) if codings == [b"chunked"] and not lengths else None
    if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
        return None
    return at + sum(map(int, lengths))


def _values(head: bytes, name: bytes) -> Iterator[bytes]:
    for line in head.split(b"\r\n")[1:]:
        found, _, value = line.partition(b":")
        if found.strip().lower() == name:
            yield value.strip(b" \t").lower()


def _behind_chunks(sent: bytes, at: int) -> int | None:
    while found := _CHUNK.match(sent, at):
        size = int(found[1], 16)
        if not size:
            trailers = _TRAILERS.match(sent, found.end())
            return trailers.end() if trailers else None
        at = found.end() + size + 2
        if sent[at - 2 : at] != b"\r\n":
            return None
    return None
