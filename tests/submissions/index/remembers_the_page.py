"""A file is read once and then kept, whatever happens to it.

Caught by: index/serves_what_is_there_now
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    kept = {}

    def load(self, path):
        return self.kept.setdefault(path, path.read_bytes())


Broken.main()
