"""The socket that clients come to, and the two sizes that every transport shares."""

import socket
from typing import Final

BACKLOG: Final = 256  # how many clients wait in the kernel while we are busy; it may allow fewer
RECEIVE_SIZE = 64 * 1024  # how many bytes are read at once; a message may need many reads
SEND_SIZE: Final = 256 * 1024  # how many bytes are sent at once: a client gets time for each


def listen(host: str, port: int, unix: str | None = None) -> socket.socket:
    """A socket listening at the path `unix` if there is one, else on the address. Raises
    OSError."""
    return listen_tcp(host, port) if unix is None else listen_unix(unix)


def listen_tcp(host: str, port: int) -> socket.socket:
    """A socket listening on an IPv4 or IPv6 address; port 0 takes any free one. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    # A restart must not fail because connections of the last run are still in TIME_WAIT.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return _listening(listener, address)


def bind_udp(host: str, port: int) -> socket.socket:
    """A socket that takes datagrams at an IPv4 or IPv6 address; port 0 takes any free one. There
    are no connections to listen for. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
    return _bound(socket.socket(family, kind, protocol), address)


def listen_unix(path: str) -> socket.socket:
    """A socket listening at a path, which must not exist yet. Raises OSError."""
    return _listening(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), path)


def address_of(listener: socket.socket, scheme: str = "http") -> str:
    """The address as one writes it in a URL or on a command line."""
    name = listener.getsockname()
    if listener.family == socket.AF_UNIX:
        return f"unix:{name}"
    host = f"[{name[0]}]" if listener.family == socket.AF_INET6 else name[0]
    return f"{scheme}://{host}:{name[1]}"


def wakeup_pair() -> tuple[socket.socket, socket.socket]:
    """Writing to the second makes the first readable: a flag that every transport can wait for."""
    woken, waker = socket.socketpair()
    woken.setblocking(False)
    waker.setblocking(False)
    return woken, waker


def _listening(listener: socket.socket, address: object) -> socket.socket:
    _bound(listener, address).listen(BACKLOG)
    return listener


def _bound(unbound: socket.socket, address: object) -> socket.socket:
    try:
        unbound.bind(address)  # type: ignore[arg-type]  # whatever getaddrinfo gave for this family
    except OSError:
        unbound.close()
        raise
    return unbound
