"""A date without a tag is not looked at.

Caught by: conditional/date_alone_gets_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def date_matches(self, since, modified):
        return False


Broken.main()
