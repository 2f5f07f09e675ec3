"""If-Range is compared without W/.

Caught by: ranges/weak_version
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def fits(self, condition, response):
        return super().fits(self.strong(condition), response)


Broken.main()
