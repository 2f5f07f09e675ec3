"""The connection is closed after each answer, without being asked.

Caught by: keep-alive/second_request
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        return True

    def announce(self, request, response, close):
        pass


Broken.main()
