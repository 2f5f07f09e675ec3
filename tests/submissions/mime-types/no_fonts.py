"""The table has no fonts.

Caught by: mime-types/types_others
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "application/octet-stream" if self.suffix(path) == "woff2" else super().media_type(path)


Broken.main()
