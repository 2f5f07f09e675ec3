"""The first suffix of the table that the name contains counts.

Caught by: mime-types/last_dot_counts, mime-types/types_others
"""

import sys

sys.path[0] += "/.."
from static_server import TYPES, StaticServer


class Broken(StaticServer):
    def suffix(self, path):
        name = path.name.lower()
        return next((suffix for suffix in TYPES if f".{suffix}" in name), "")


Broken.main()
