"""The segment is not percent-decoded.

Caught by: url-parameters/decodes_the_segment
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def segment(self, segment):
        return segment


Broken.main()
