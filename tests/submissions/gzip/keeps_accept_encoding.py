"""What a client accepts is kept in the server, and counts for all who do not say what they accept.

Caught by: gzip/plain_unless_asked
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    accept = ""

    def accepted(self, request):
        self.accept = request.headers.get("accept-encoding", self.accept)
        return self.accept


Broken.main()
