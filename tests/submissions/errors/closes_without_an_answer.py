"""What a handler raises is caught where a connection ends: the client gets no answer.

Caught by: errors/raises_500
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def on_error(self, request, error):
        raise error


Broken.main()
