"""Only %XX in capitals is decoded.

Caught by: query-strings/encoded_signs
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return super().plain(re.sub("%(?=[0-9a-f]{2})(?![0-9A-F]{2})", "%25", text))


Broken.main()
