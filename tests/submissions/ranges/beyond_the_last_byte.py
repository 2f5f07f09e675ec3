"""Content-Range names the end that the client asked for, also beyond the end of the file.

Caught by: ranges/beyond_is_cut
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def end(self, last, size):
        return last


Broken.main()
