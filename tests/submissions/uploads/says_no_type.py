"""The type of a file is always application/octet-stream.

Caught by: uploads/answers_the_file
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def type_of(self, part):
        return "application/octet-stream"


Broken.main()
