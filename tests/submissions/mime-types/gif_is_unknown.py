"""The table has no entry for GIF.

Caught by: mime-types/types_images
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "application/octet-stream" if self.suffix(path) == "gif" else super().media_type(path)


Broken.main()
