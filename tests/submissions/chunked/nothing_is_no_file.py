"""A body of no bytes is taken for none, and no file is made.

Caught by: chunked/empty_body
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def save(self, path, body):
        if body:
            super().save(path, body)


Broken.main()
