"""Commands by hand with the clients that a machine has: where netcat is missing, bash or Python
takes its place. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

CURL, NETCAT, BASH = "curl", "nc", "bash"
_NETCAT: Final = re.compile(r"\bnc -w (\d+) localhost (\d+)")
_IN_BASH: Final = r'bash -c "exec 3<>/dev/tcp/localhost/\2; cat <&0 >&3 & timeout \1 cat <&3"'
_IN_PYTHON: Final = (
    r'python3 -c "import socket, sys; c = socket.create_connection((\"localhost\", \2), \1);'
    r" c.sendall(sys.stdin.buffer.read());"
    r' sys.stdout.buffer.writelines(iter(lambda: c.recv(65536), b\"\"))"'
)


def with_present_clients(command: str, is_there: Callable[[str], bool]) -> str:
    """The command; without netcat where that is not there. Its time limit is one of silence; bash
    has one for all that comes, so it is given one second more for what is sent."""
    if is_there(NETCAT) or not _NETCAT.search(command):
        return command
    instead = _IN_BASH if is_there(BASH) else _IN_PYTHON
    return _NETCAT.sub(lambda found: _expanded(instead, found), command)


def _expanded(instead: str, found: re.Match[str]) -> str:
    seconds, port = int(found[1]) + 1, found[2]
    return instead.replace(r"\1", str(seconds)).replace(r"\2", port)
