"""What is no route gets 404, although there is a file of that name.

Caught by: routes/falls_back_to_the_site
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def fall_back(self, request, path):
        return self.not_found()


Broken.main()
