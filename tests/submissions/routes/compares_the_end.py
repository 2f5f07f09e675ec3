"""A path that ends like a route is answered by it.

Caught by: routes/matches_the_whole_path
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def match(self, pattern, path):
        return [] if path.endswith(pattern[1:]) else super().match(pattern, path)


Broken.main()
