"""Dies of its third request, without having answered it."""

import os
import socket
from itertools import count

from listener import ask, ok, serve

turns = count(1)


def answer(connection: socket.socket) -> None:
    if next(turns) >= 3:
        ask(connection)
        os._exit(9)
    ok(connection)


serve(answer)
