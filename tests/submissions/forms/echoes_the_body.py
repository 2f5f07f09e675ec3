"""The body is sent back as it came.

Caught by: forms/answers_the_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def form(self, request):
        return self.text(self.text_of(request.body))


Broken.main()
