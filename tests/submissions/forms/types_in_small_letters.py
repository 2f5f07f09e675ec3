"""A media type in capitals is not recognised.

Caught by: forms/media_type_with_parameters
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def media_type_of(self, request):
        return self.header(request, "Content-Type").partition(";")[0].strip()


Broken.main()
