"""The answer 201 does not say where the new file is.

Caught by: files/says_location
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def created(self, request, name):
        return Response(201)


Broken.main()
