"""The text is encoded with a byte order mark before it.

Caught by: echo/returns_the_text
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo(self, request, text):
        response = super().echo(request, text)
        response.body = response.body.decode().encode("utf-8-sig")
        return response


Broken.main()
