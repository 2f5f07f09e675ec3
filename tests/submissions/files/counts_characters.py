"""Content-Length counts the characters of a text, where it has to count bytes.

Caught by: files/serves_utf8
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def length(self, response):
        try:
            return len(response.body.decode())
        except UnicodeDecodeError:
            return len(response.body)


Broken.main()
