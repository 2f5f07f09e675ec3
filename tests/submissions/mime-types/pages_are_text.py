"""A page is sent as text/plain.

Caught by: mime-types/types_html
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "text/plain" if self.suffix(path) == "html" else super().media_type(path)


Broken.main()
