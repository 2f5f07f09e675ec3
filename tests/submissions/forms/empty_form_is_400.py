"""A form without fields is refused.

Caught by: forms/empty_form
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def form(self, request):
        return super().form(request) if request.body else self.error(400)


Broken.main()
