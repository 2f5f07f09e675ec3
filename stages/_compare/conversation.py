"""What is asked of a server: requests in order, their connections and their pieces. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from grader.http1.wire import members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ASKS = 12
MOST_BYTES = 256 * 1024  # of all bodies and files of a conversation
MOST_TIMES = 500
_LONGEST_WORD = 8192
_METHODS = ("GET", "HEAD", "POST")
_VERSIONS = ("HTTP/1.1", "HTTP/1.0")
_TARGET = re.compile(r"/[\x21-\x7e]{0,4095}")
_LINE = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)")
_NAME = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9 ._~-]{0,99}")
# Whose meaning no stage teaches, and which would change where a request ends or whom it is for.
_NOT_TAUGHT = frozenset({"host", "transfer-encoding", "expect", "upgrade", "te", "trailer"})


class Leaving(Enum):
    """How a client leaves that does not read the answer."""

    STAYS = ""
    AT_ONCE = "at once"  # its end comes with the last byte
    HALF = "half"  # it ends its own sending first
    EARLY = "early"  # it closes when the first bytes of the answer come
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request.

    lines: the header lines behind Host, as they go on the wire, without line ends; Content-Length
    is one of them. Text is latin-1. connection: on which one it is sent, a number of the
    conversation's own. cuts: where its bytes are split into pieces, in bytes from the end of the
    head: 0 is right before the body, and what is negative lies in the head. blank_first: an empty
    line comes before it. joined: it is sent at once with the one before it, on the same connection.
    odd: the name of the rule of `cases.odd` that judges it, which may be no valid HTTP; "" for an
    ordinary one. leaves: how the client leaves without its answer. times: how often it is sent and
    answered, in a row. hostless: it has no Host, as only an odd one may.
    """

    method: str = "GET"
    target: str = "/"
    lines: tuple[str, ...] = ()
    body: bytes = b""
    connection: int = 1
    cuts: tuple[int, ...] = ()
    version: str = "HTTP/1.1"
    blank_first: bool = False
    joined: bool = False
    odd: str = ""
    leaves: Leaving = Leaving.STAYS
    times: int = 1
    hostless: bool = False

    def head(self, host: str) -> bytes:
        """The request line, the header lines and the empty line."""
        start = " ".join(
            word for word in (self.method, self.target, self.version) if word or not self.odd
        )
        hosts = () if self.hostless else (f"Host: {host}",)
        text = "\r\n".join((start, *hosts, *self.lines, "", ""))
        return b"\r\n" * self.blank_first + text.encode("latin-1")

    def pieces(self, host: str) -> tuple[bytes, ...]:
        """The bytes of the request, cut."""
        head = self.head(host)
        whole = head + self.body
        places = [0, *sorted({len(head) + cut for cut in self.cuts}), len(whole)]
        return tuple(whole[one:other] for one, other in pairwise(places) if one < other)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of the header lines of that name, whatever its case, without white space
        around them."""
        pairs = (line.partition(":") for line in self.lines)
        return tuple(
            value.strip(" \t") for found, _, value in pairs if found.lower() == name.lower()
        )

    @property
    def wants_close(self) -> bool:
        """Whether the client says that this is its last request here (RFC 9112 9.3)."""
        options = {
            option.lower() for value in self.values("Connection") for option in members(value)
        }
        return "close" in options or (self.version == "HTTP/1.0" and "keep-alive" not in options)

    def __str__(self) -> str:
        return (
            f"{self.method} {self.target if len(self.target) <= 60 else self.target[:57] + '...'}"
        )


@dataclass(frozen=True, slots=True)
class Conversation:
    """Requests, sent and answered one after the other.

    files: what the served directory holds before, by name. beside: what other clients have sent,
    and then fell silent: each is connected before the first request, and says no more. at_once: all
    requests are sent, each on a connection of its own, before the first answer is read.
    """

    asks: tuple[Ask, ...]
    files: tuple[tuple[str, bytes], ...] = ()
    beside: tuple[bytes, ...] = ()
    at_once: bool = False

    @property
    def size(self) -> tuple[int, ...]:
        """What makes a conversation hard to read, most of all first; the smaller is shown."""
        asks = self.asks
        return (
            len(asks)
            + len(self.beside)
            + len(self.files)
            + self.at_once
            + sum(ask.times - 1 for ask in asks),
            len({ask.connection for ask in asks}),
            sum(len(ask.cuts) + ask.joined + ask.blank_first for ask in asks),
            sum(len(ask.lines) for ask in asks),
            sum(len(ask.head("")) + len(ask.body) for ask in asks)
            + sum(len(content) for _, content in self.files),
        )


def faults(conversation: Conversation) -> Iterator[str]:
    """Why this conversation cannot be had: a request that is not whole or not HTTP/1.1, or too much
    of it.

    Whoever keeps to this gets an answer to every ordinary request: each is complete, and says its
    own length. An odd one may break the grammar, and is only bounded.
    """
    if not 1 <= len(conversation.asks) <= MOST_ASKS:
        yield f"it has {len(conversation.asks)} requests; from 1 to {MOST_ASKS} are possible"
    if sum(map(len, _payloads(conversation))) > MOST_BYTES:
        yield f"its bodies and files are longer than {MOST_BYTES} bytes"
    if len(conversation.beside) > 4 or any(len(data) > 200 for data in conversation.beside):
        yield "there are more than 4 silent clients, or one sends more than 200 bytes"
    if len(conversation.files) > 8:
        yield "there are more than 8 files"
    yield from (
        f"not the name of a file: {name[:80]!r}"
        for name, _ in conversation.files
        if not is_name(name)
    )
    if conversation.at_once and len({ask.connection for ask in conversation.asks}) < len(
        conversation.asks
    ):
        yield "requests that are sent at once need one connection each"
    for number, ask in enumerate(conversation.asks, 1):
        before = conversation.asks[number - 2] if number > 1 else None
        yield from (
            f"request {number}: {fault}" for fault in (*_faults_of(ask), *_joint(ask, before))
        )


def is_name(text: str) -> bool:
    """Whether a file of this name may be put into a directory: one plain component of a path."""
    return _NAME.fullmatch(text) is not None


def _payloads(conversation: Conversation) -> Iterable[bytes]:
    yield from (content for _, content in conversation.files)
    yield from (ask.body for ask in conversation.asks)


def _faults_of(ask: Ask) -> Iterator[str]:
    yield from _faults_of_odd(ask) if ask.odd else _faults_of_ordinary(ask)
    if len(ask.lines) > 100 or sum(map(len, ask.lines)) > 32 * 1024:
        yield "the head is too long"
    if not 1 <= ask.connection <= MOST_ASKS:
        yield f"connection {ask.connection} is not from 1 to {MOST_ASKS}"
    if not 1 <= ask.times <= MOST_TIMES or (
        ask.times > 1 and (ask.leaves is not Leaving.STAYS or ask.joined)
    ):
        yield f"it is not sent from 1 to {MOST_TIMES} times, each with an answer"
    if len(ask.cuts) > 8 or any(
        not 1 - len(ask.head("")) <= cut < max(len(ask.body), 1) for cut in ask.cuts
    ):
        yield "a cut is outside the request, or there are more than 8 cuts"


def _faults_of_odd(ask: Ask) -> Iterator[str]:
    words = (ask.method, ask.target, ask.version)
    if any(len(word) > _LONGEST_WORD for word in words):
        yield "its first line is too long"
    if any(ord(char) > 0xFF for text in (*words, *ask.lines) for char in text):
        yield "its head is not made of bytes"


def _faults_of_ordinary(ask: Ask) -> Iterator[str]:
    if ask.hostless:
        yield "it has no Host header (RFC 9112 3.2)"
    if ask.method not in _METHODS:
        yield f"the method {ask.method[:20]!r} is not taught"
    if ask.version not in _VERSIONS:
        yield f"the version {ask.version[:20]!r} is not taught"
    if not _TARGET.fullmatch(ask.target):
        yield "the target is not a path of visible ASCII"
    for line in ask.lines:
        match = _LINE.fullmatch(line)
        if match is None:
            yield f"not a header line: {line[:80]!r}"
        elif match[1].lower() in _NOT_TAUGHT:
            yield f"the header {match[1]} is not taught"
    if (wrong := _wrong_length(ask)) is not None:
        yield wrong


def _wrong_length(ask: Ask) -> str | None:
    lengths = ask.values("Content-Length")
    wanted = (str(len(ask.body)),)
    if lengths == wanted or (not lengths and not ask.body):
        return None
    return f"its body of {len(ask.body)} bytes needs exactly one Content-Length: {len(ask.body)}"


def _joint(ask: Ask, before: Ask | None) -> Iterator[str]:
    if ask.joined and (
        before is None or before.connection != ask.connection or ask.cuts or before.cuts
    ):
        yield "it cannot be sent together with the request before it"
