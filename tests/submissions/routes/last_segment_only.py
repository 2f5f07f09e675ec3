"""The last segment of the path alone selects the route.

Caught by: routes/matches_the_whole_path
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def match(self, pattern, path):
        return super().match(pattern, f"/{path.rpartition('/')[2]}")


Broken.main()
