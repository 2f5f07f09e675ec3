"""A client that does not say what it accepts is taken to accept gzip, if only that makes the answer shorter.

Caught by: gzip/plain_unless_asked
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def accepted(self, request):
        worth_it = len(request.target) > 20 and len(request.headers) == 1
        return self.header(request, "Accept-Encoding", "gzip" if worth_it else "")


Broken.main()
