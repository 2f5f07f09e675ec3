"""What follows the parameter is ignored.

Caught by: url-parameters/one_segment
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def match(self, pattern, path):
        return super().match(pattern, "/".join(path.split("/")[: pattern.count("/") + 1]))


Broken.main()
