"""A thread for each connection: the blocking server's code, many times at once."""

import time
from threading import Thread

from .site import Site
from .sockets import clients, serve_client


def serve(site: Site) -> None:
    """Serve each client in its own thread, where the handlers may block."""
    threads: set[Thread] = set()
    for client in clients(site):
        # A daemon, so that a client who takes no answer cannot keep the process from ending.
        thread = Thread(target=serve_client, args=(site, client), daemon=True)
        thread.start()
        threads = {thread, *filter(Thread.is_alive, threads)}
    deadline = time.monotonic() + site.timeouts.grace
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
