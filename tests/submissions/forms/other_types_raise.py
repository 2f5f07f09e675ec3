"""Another media type raises, and is answered with 500.

Caught by: forms/refuses_other_types
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def form(self, request):
        if not self.is_form(request):
            raise TypeError("not a form")
        return super().form(request)


Broken.main()
