"""A thread for each client: the blocking transport's code, many times at once.

While one thread waits in `recv`, the kernel runs another. A handler may block too: only its own
client waits. The price is a thread, with its stack, for every client that is connected.
"""

import time
from threading import Thread

from . import Site
from .blocking import clients, serve_client


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
