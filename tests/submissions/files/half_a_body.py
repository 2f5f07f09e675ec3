"""Of a body, at most 64 KiB are read.

Caught by: files/stores_large
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def content_length(self, request):
        return min(super().content_length(request), 65536)


Broken.main()
