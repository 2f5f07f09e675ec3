"""The content of a file loses the white space at its ends.

Caught by: uploads/keeps_line_breaks
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def file_of(self, part, parameters):
        part.content = part.content.strip()
        return super().file_of(part, parameters)


Broken.main()
