"""The slash before the parameter is not needed.

Caught by: url-parameters/one_segment
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def match(self, pattern, path):
        return super().match(pattern, path.replace("/users", "/users/").replace("//", "/"))


Broken.main()
