"""The simplest server: one connection at a time, and everybody else waits until it is over."""

import socket

from ..http1.messages import Handler
from .sockets import clients, serve_client
from .timeouts import Timeouts


def serve(listener: socket.socket, application: Handler, stop: socket.socket, timeouts: Timeouts) -> None:
    """Serve the clients one after the other until `stop` becomes readable."""
    for client in clients(listener, stop):
        serve_client(client, application, stop, timeouts)
