"""A part ends at -- and the boundary, also in the middle of a line.

Caught by: uploads/resembles_the_boundary
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def between(self, boundary, body):
        pieces = super().between(boundary, body)
        return [piece.partition(b"--" + boundary.encode())[0] for piece in pieces]


Broken.main()
