"""A body of more than 1 MiB is refused with 413.

Caught by: uploads/large_file
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def upload(self, request):
        return self.error(413) if len(request.body) > 1 << 20 else super().upload(request)


Broken.main()
