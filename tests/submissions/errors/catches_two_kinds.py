"""Only ValueError and KeyError are caught around a handler.

Caught by: errors/raises_500
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def on_error(self, request, error):
        if not isinstance(error, (ValueError, KeyError)):
            raise error
        return super().on_error(request, error)


Broken.main()
