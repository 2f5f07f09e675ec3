"""A file that is not UTF-8 is changed on its way.

Caught by: routes/falls_back_to_the_site
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def load(self, path):
        return super().load(path).decode("utf-8", "replace").encode()


Broken.main()
