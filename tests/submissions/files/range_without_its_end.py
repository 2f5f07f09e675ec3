"""A range is cut as a slice: its last byte, which belongs to it, is missing.

Caught by: files/parts_and_conditions
"""

import re
import sys

sys.path[0] += "/.."
from right_server import REASONS, Server

REASONS[206] = "Partial Content"


class Broken(Server):
    def serve_file(self, request, name):
        response = super().serve_file(request, name)
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.header(request, "Range"))
        if response.status == 200 and asked and int(asked[1]) < int(asked[2]):
            size, (first, last) = len(response.body), map(int, asked.groups())
            response.status, response.body = 206, response.body[first:last]
            response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        return response


Broken.main()
