"""What was stored under a name is remembered, and no other body is stored there.

Caught by: files/replaces
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    stored = set()

    def save(self, path, body):
        if path not in self.stored:
            self.stored.add(path)
            super().save(path, body)


Broken.main()
