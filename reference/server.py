"""A server as one object: what it serves, an address, and the start and stop of one of the
transports.

To stop is the hard part. A signal or another thread asks for it, while this thread waits in
`accept` or `recv`. So there is a pair of connected sockets: to ask is to write one byte into one of
them. The transport waits for the other together with its clients, and no request is cut short.
"""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from .course import course_application
from .http1.parser import Parser, RequestParser
from .routing import Endpoint
from .sockets import address_of, listen, wakeup_pair
from .transports import HTTPTOOLS, Conversation, Peer, Site, Timeouts, load
from .web import HTTPConversation

Run = Callable[[socket.socket, socket.socket], None]
"""Serves on the first socket until the second becomes readable."""


class Server:
    """What is served, and where: all that is needed to start, and to stop again.

    `listen` opens the socket that `run` serves on; `scheme` begins the address that is announced.
    """

    def __init__(self, listen: Callable[[], socket.socket], run: Run, scheme: str) -> None:
        self._listen, self._run, self._scheme = listen, run, scheme
        self._waker: socket.socket | None = None

    def start(self, announce: Callable[[str], object] = lambda _address: None) -> None:
        """Listen, and serve until asked to stop; `announce` is called with the address when clients
        can come.

        Raises OSError when the address is taken or is not one of this machine.
        """
        listener = self._listen()
        stop, self._waker = wakeup_pair()
        with (
            listener,
            stop,
            self._waker,
            _stopped_by_signals(self._waker),
            _path_removed(listener),
        ):
            announce(address_of(listener, self._scheme))
            self._run(listener, stop)

    def stop(self) -> None:
        """Make `start`, in whatever thread it runs, finish what is in flight and return."""
        if self._waker is not None:
            with suppress(OSError):  # it has stopped already
                self._waker.send(b"\0")


class HTTPServer(Server):
    """A server with the routes of the course, to which you can add your own.

    >>> server = HTTPServer("127.0.0.1", 4221)
    >>> @server.route("/hello/{name}")
    ... def hello(request: Request, name: str) -> Response:
    ...     return Response.text(f"hello, {name}")
    >>> server.start(print)  # until Ctrl-C, SIGTERM, or stop() in another thread
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 4221,
        directory: str | None = None,
        *,
        static: str | None = None,
        unix: str | None = None,
        server: str = "streams",
        timeouts: Timeouts | None = None,
    ) -> None:
        """Prepare a server; nothing is opened yet. Raises NotADirectoryError, KeyError (no such
        server) and ModuleNotFoundError (httptools is not installed).

        `directory` is where `/files/` reads and writes; `static` is a directory to serve as a site;
        port 0 takes any free port; `unix` is a path to listen at instead of host and port; `server`
        is one of `reference.transports.TRANSPORTS`.
        """
        self.application = course_application(directory, static)
        converse = partial(HTTPConversation, self.application, parser=_parser_of(server))
        super().__init__(
            partial(listen, host, port, unix), over_tcp(server, converse, timeouts), "http"
        )

    def route(self, pattern: str, *methods: str) -> Callable[[Endpoint], Endpoint]:
        """Serve `pattern` with the decorated function; see `Application.route`."""
        return self.application.route(pattern, *methods)


def over_tcp(
    server: str, conversation: Callable[[Peer], Conversation], timeouts: Timeouts | None = None
) -> Run:
    """What serves clients that connect: each has a conversation of its own. Raises KeyError (no
    such server)."""
    serve = load(server)

    def run(listener: socket.socket, stop: socket.socket) -> None:
        serve(Site(listener, conversation, stop, timeouts or Timeouts()))

    return run


def _parser_of(server: str) -> Callable[[], Parser]:
    """What reads requests there. httptools is only imported for the one that needs it."""
    if server != HTTPTOOLS:
        return RequestParser
    from .http1.httptools_parser import HttptoolsParser

    return HttptoolsParser


@contextmanager
def _stopped_by_signals(waker: socket.socket) -> Iterator[None]:
    """Have the interpreter write to the socket when SIGINT or SIGTERM comes; only its main thread
    can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = {
        number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)
    }
    wakeup = signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def _path_removed(listener: socket.socket) -> Iterator[None]:
    """Leave no file of a Unix socket behind: the next server could not listen there."""
    path = listener.getsockname() if listener.family == socket.AF_UNIX else None
    try:
        yield
    finally:
        if path is not None:
            with suppress(FileNotFoundError):
                os.unlink(path)
