"""A file without content raises, and the connection is closed without an answer.

Caught by: uploads/empty_file
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def digest(self, content):
        assert content, "the file is empty"
        return super().digest(content)


Broken.main()
