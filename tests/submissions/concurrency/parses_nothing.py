"""A client that has left is not recognised: its empty request is parsed, which ends the program.

Caught by: concurrency/silent_leave
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def take(self, client):
        alive = super().take(client)
        if not alive and not client.buffer and not client.answered:
            method, target, version = client.buffer.split(b" ")
        return alive


Broken.main()
