"""Every file is sent as text/html.

Caught by: mime-types/types_css
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "text/html"


Broken.main()
