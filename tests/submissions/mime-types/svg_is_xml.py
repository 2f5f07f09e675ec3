"""An SVG image is sent as XML.

Caught by: mime-types/types_svg
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "text/xml" if self.suffix(path) == "svg" else super().media_type(path)


Broken.main()
