"""The ETag is made of the time of the request: no two answers have the same.

Caught by: conditional/tag_gets_304
"""

import sys
import time

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def tag(self, file):
        return f'"{time.time_ns():x}"'

    def is_any(self, listed):
        return False


Broken.main()
