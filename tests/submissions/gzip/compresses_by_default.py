"""A client that does not say what it accepts is taken to accept gzip.

Caught by: gzip/plain_unless_asked
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepted(self, request):
        return self.header(request, "Accept-Encoding", "gzip")


Broken.main()
