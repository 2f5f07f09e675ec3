"""The line break before the boundary is taken for a part of the file.

Caught by: uploads/answers_the_file
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def content(self, content):
        return content + b"\r\n"


Broken.main()
