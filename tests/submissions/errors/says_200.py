"""The page of an error comes with 200.

Caught by: errors/raises_500
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def error_page(self, error):
        return self.text("Something went wrong")


Broken.main()
