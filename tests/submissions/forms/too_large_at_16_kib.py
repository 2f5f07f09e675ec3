"""A form of more than 16 KiB is refused with 413.

Caught by: forms/large_forms
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def form(self, request):
        return self.error(413) if len(request.body) > 16384 else super().form(request)


Broken.main()
