"""Dates are read in the form of today alone.

Caught by: conditional/old_dates_count
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def forms(self):
        return super().forms()[:1]


Broken.main()
