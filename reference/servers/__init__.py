"""Four ways to move the same bytes: each server accepts connections and leaves HTTP to `http1`.

A server is a function `serve(site)`. It serves until the site's `stop` becomes readable; then it
accepts nothing more, finishes the requests that have begun, and returns.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Final, cast

from .site import Site

Serve = Callable[[Site], None]

SERVERS: Final = {
    "streams": (
        "asyncio, a coroutine a connection: reads like the blocking server, serves like the"
        " next one"
    ),
    "protocol": (
        "asyncio, callbacks: what the streams are made of, with the backpressure in plain sight"
    ),
    "threaded": "a thread a connection: the handlers may block",
    "blocking": "one connection at a time: everybody else waits",
}


def load(name: str) -> Serve:
    """The `serve` function of one of SERVERS, the only one imported. Raises KeyError."""
    if name not in SERVERS:
        raise KeyError(f"no server is called {name!r}: there are {', '.join(SERVERS)}")
    return cast(Serve, import_module(f".{name}", __name__).serve)
