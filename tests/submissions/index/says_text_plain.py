"""Every file is sent as text/plain.

Caught by: index/says_text_html
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "text/plain"


Broken.main()
