"""Dates are compared as text, in which Fri comes before Mon.

Caught by: conditional/earlier_date_gets_the_file
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def date_matches(self, since, modified):
        return super().date_matches(since, modified) or (self.seconds(since) is not None and modified <= since)


Broken.main()
