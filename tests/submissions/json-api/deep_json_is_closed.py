"""At JSON that is nested too deep the connection is closed without an answer.

Caught by: json-api/deep_is_survived
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def too_deep(self):
        raise ConnectionError("too deep")

    def on_error(self, request, error):
        if isinstance(error, ConnectionError):
            raise error
        return super().on_error(request, error)


Broken.main()
