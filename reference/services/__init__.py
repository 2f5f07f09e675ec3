"""Services that are less than an HTTP server: what a socket is, before HTTP, and its first steps.

Over TCP a service is a `Conversation`, which any of the transports serves. Over UDP there are no
connections, so `datagrams` has forms of its own, with the names of the transports.
"""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from ..server import Run, Server, over_tcp
from ..sockets import bind_udp, listen
from ..transports import HTTPTOOLS, Conversation, Peer, Timeouts

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICES: Final = {
    "ping-pong": "TCP: what a client says first is answered: pong",
    "echo": "TCP: every byte comes back",
    "udp-echo": "UDP: every datagram comes back",
    "document": "HTTP: every request is answered by the same HTML document",
    "mirror": "HTTP: the head of every request comes back",
}

_CONVERSATIONS: Final = {
    "ping-pong": (".ping_pong", "PingPong", "tcp"),
    "echo": (".echo", "Echo", "tcp"),
    "document": (".document", "Document", "http"),
    "mirror": (".mirror", "Mirror", "http"),
}
"""Module, what begins a conversation with a new client, and the scheme of the address."""


def service(
    name: str,
    host: str = "127.0.0.1",
    port: int = 4221,
    *,
    unix: str | None = None,
    server: str = "streams",
    timeouts: Timeouts | None = None,
) -> Server:
    """One of `SERVICES`, not started yet; the arguments are those of `HTTPServer`. Only its module
    is imported.

    Raises KeyError for other names, and ValueError for `unix` where there are no connections, and
    for the server that needs httptools.
    """
    if name not in SERVICES:
        raise KeyError(f"no service is called {name!r}: there are {', '.join(SERVICES)}")
    if server == HTTPTOOLS:
        raise ValueError(f"{name} is not served with httptools: choose another server")
    if name in _CONVERSATIONS:
        place, begins, scheme = _CONVERSATIONS[name]
        converse = getattr(import_module(place, __name__), begins)
        run = over_tcp(server, cast("Callable[[Peer], Conversation]", converse), timeouts)
        return Server(partial(listen, host, port, unix), run, scheme)
    if unix is not None:
        raise ValueError(f"{name} has no connections, and cannot listen on a Unix socket")
    forms = cast("dict[str, Run]", import_module(".datagrams", __name__).FORMS)
    return Server(partial(bind_udp, host, port), forms[server], "udp")
