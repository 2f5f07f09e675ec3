"""A body is stored if there is one, and an empty one counts as none.

Caught by: files/stores_empty
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        if body:
            super().save(path, body)


Broken.main()
