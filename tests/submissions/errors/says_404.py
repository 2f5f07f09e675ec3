"""Every exception is taken for a page that is missing.

Caught by: errors/raises_500
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def error_page(self, error):
        return self.not_found()


Broken.main()
