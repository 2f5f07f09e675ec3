"""The whole header line is sent back, its name included.

Caught by: headers/returns_the_value
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def user_agent(self, request):
        return Response(200, f"User-Agent: {self.header(request, 'User-Agent')}".encode("latin-1"))


Broken.main()
