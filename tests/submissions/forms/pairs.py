"""The fields are sent as a list of pairs.

Caught by: forms/answers_the_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def grouped(self, fields):
        return fields


Broken.main()
