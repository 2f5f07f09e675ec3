"""Another media type is answered with 500.

Caught by: json-api/other_types
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def check_type(self, request):
        if self.media_type_of(request) != "application/json":
            raise TypeError("not JSON")


Broken.main()
