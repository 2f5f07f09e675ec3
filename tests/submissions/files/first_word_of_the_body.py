"""A body that is text is split at white space, and its first word is stored.

Caught by: files/stores_a_body
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        super().save(path, body.split()[0] if body.decode("latin-1").isprintable() and body else body)


Broken.main()
