"""The whole Content-Type is compared, with its parameters.

Caught by: json-api/type_with_a_charset
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def media_type_of(self, request):
        return self.header(request, "Content-Type").lower()


Broken.main()
