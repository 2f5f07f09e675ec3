"""The type of an SVG image is called image/svg, which is none.

Caught by: mime-types/types_svg
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "image/svg" if self.suffix(path) == "svg" else super().media_type(path)


Broken.main()
