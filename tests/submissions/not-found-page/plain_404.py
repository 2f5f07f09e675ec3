"""The page of a 404 is sent as text/plain.

Caught by: not-found-page/has_a_page
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        response = super().not_found()
        response.headers["Content-Type"] = "text/plain"
        return response


Broken.main()
