"""A thread for each connection: the blocking server's code, many times at once."""

import socket
import threading
import time

from ..http1.messages import Handler
from .sockets import clients, serve_client
from .timeouts import Timeouts


def serve(listener: socket.socket, application: Handler, stop: socket.socket, timeouts: Timeouts) -> None:
    """Serve each client in its own thread until `stop` becomes readable."""
    threads: set[threading.Thread] = set()
    for client in clients(listener, stop):
        # A daemon, so that a client who reads nothing cannot keep the process from exiting.
        arguments = (client, application, stop, timeouts)
        thread = threading.Thread(target=serve_client, args=arguments, daemon=True)
        thread.start()
        threads = {thread, *filter(threading.Thread.is_alive, threads)}
    deadline = time.monotonic() + timeouts.grace
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
