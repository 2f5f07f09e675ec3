"""A folder without its slash is sent to the front page.

Caught by: folders/leads_to_the_slash
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def location(self, request, path):
        return "/"


Broken.main()
