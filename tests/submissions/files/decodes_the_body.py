"""The body is decoded as text, and what is no text is dropped.

Caught by: files/stores_every_byte
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        super().save(path, body.decode(errors="ignore").encode())


Broken.main()
