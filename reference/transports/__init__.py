"""Four ways to move the same bytes: each transport accepts clients, and leaves what is said to a
conversation.

A transport is a function `serve(site)`. It serves until the site's `stop` becomes readable. Then it
accepts nothing more, finishes the requests that have begun, and returns.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final, Protocol, cast


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a transport waits for a client, in seconds (RFC 9112 9.5)."""

    silence: float = 30.0  # for the next bytes, or for room to send some
    linger: float = 2.0  # after the last answer, for the client to close
    grace: float = 4.0  # when the server is asked to stop, for what is in flight


Wake = Callable[[], object]
"""Has the transport ask for the next answer, although the client has sent nothing. Any thread may
call it, until the conversation ends."""


@dataclass(frozen=True, slots=True)
class Peer:
    """The client, as a conversation knows it: the host that it connects from, if it has one, and
    how to get what wakes the transport. Most conversations never need that."""

    host: str = "-"
    waker: Callable[[], Wake] = lambda: lambda: None


class Conversation(Protocol):
    """What one client says and is answered, without a socket: HTTP, or less."""

    @property
    def closing(self) -> bool:
        """Whether the last answer is written."""

    @property
    def idle(self) -> bool:
        """Whether the client can be left now: it waits for nothing that has begun."""

    def receive(self, data: bytes) -> None:
        """Take what has just arrived."""

    def next_answer(self) -> bytes | None:
        """The next bytes to send; None while more bytes are needed. Asked until it is None."""

    def answer_to_silence(self) -> bytes:
        """What to send to a client that was silent for too long. If it is nothing, the client is
        left."""

    def close_after_answer(self) -> None:
        """Make the next answer the last one: the server is shutting down."""

    def end(self) -> None:
        """The client is gone."""


@dataclass(frozen=True, slots=True)
class Site:
    """What every transport is given: where clients come from, what answers them, and how long to
    wait. `conversation` begins one with a new client. `stop` becomes readable when it is time to
    stop."""

    listener: socket.socket
    conversation: Callable[[Peer], Conversation]
    stop: socket.socket
    timeouts: Timeouts = field(default_factory=Timeouts)


Serve = Callable[[Site], None]

HTTPTOOLS: Final = "httptools"

TRANSPORTS: Final = {
    "streams": (
        "asyncio, a coroutine a connection: reads like the blocking server, serves like the"
        " next one"
    ),
    "protocol": (
        "asyncio, callbacks: what the streams are made of, with the backpressure in plain sight"
    ),
    "threaded": "a thread a connection: the handlers may block",
    "blocking": "one connection at a time: everybody else waits",
    HTTPTOOLS: "needs httptools: as protocol, with a parser in C",
}


def load(name: str) -> Serve:
    """The `serve` function of one of TRANSPORTS, the only one imported. Raises KeyError for other
    names."""
    if name not in TRANSPORTS:
        raise KeyError(f"no server is called {name!r}: there are {', '.join(TRANSPORTS)}")
    module = "protocol" if name == HTTPTOOLS else name
    return cast("Serve", import_module(f".{module}", __name__).serve)
