"""If-Range is not looked at.

Caught by: ranges/another_version
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def fits(self, condition, response):
        return True


Broken.main()
