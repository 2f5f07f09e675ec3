"""Every 404 says Connection: close, and the connection stays open.

Caught by: keep-alive/keeps_its_word
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def announce(self, request, response, close):
        super().announce(request, response, close or response.status == 404)


Broken.main()
