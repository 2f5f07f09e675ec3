"""The value is split into its words, and they are joined again.

Caught by: headers/spaces_in_the_value, headers/beyond_ascii_comes_back
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def user_agent(self, request):
        words = self.header(request, "User-Agent").split()
        return Response(200, " ".join(words).encode("latin-1"))


Broken.main()
