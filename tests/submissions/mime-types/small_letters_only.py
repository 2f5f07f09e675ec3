"""The table is searched for the suffix as it is written.

Caught by: mime-types/upper_case_counts
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def suffix(self, path):
        return path.suffix[1:]


Broken.main()
