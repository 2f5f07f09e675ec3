"""The answer does not say what type the page has.

Caught by: index/says_text_html
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def file(self, request, path):
        response = super().file(request, path)
        del response.headers["Content-Type"]
        return response


Broken.main()
