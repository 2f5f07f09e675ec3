"""The handler raises on every request, and the client is hung up on.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def root(self, request):
        return self.pages["/"]


Broken.main()
