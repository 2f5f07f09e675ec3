"""The body of the 500 is the message of the exception.

Caught by: errors/keeps_the_message
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def error_page(self, error):
        return self.text(f"Internal Server Error: {error}", 500)


Broken.main()
