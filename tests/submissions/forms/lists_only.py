"""Each field is sent as a list, also where it came once.

Caught by: forms/answers_the_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def value(self, values):
        return values


Broken.main()
