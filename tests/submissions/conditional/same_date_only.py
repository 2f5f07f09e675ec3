"""A date has to be the very date of the file.

Caught by: conditional/later_date_gets_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_old(self, modified, since):
        return modified == since


Broken.main()
