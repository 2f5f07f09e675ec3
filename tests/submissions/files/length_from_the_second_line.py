"""Content-Length is taken from the second header line, where it stands in the examples.

Caught by: files/ordinary_client
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def content_length(self, request):
        names = list(request.headers)
        if names[1:2] != ["content-length"]:
            return 0
        return super().content_length(request)


Broken.main()
