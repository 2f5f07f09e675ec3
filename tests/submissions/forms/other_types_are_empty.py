"""Another media type is answered with 200 and an empty object.

Caught by: forms/refuses_other_types
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def form(self, request):
        return super().form(request) if self.is_form(request) else self.json({})


Broken.main()
