"""Trailers are added to the headers of their request.

Caught by: chunked/trailers_are_no_headers
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_body(self, client, request):
        client.request = request
        return super().read_body(client, request)

    def read_trailers(self, client):
        while line := self.read_line(client):
            name, value = self.parse_header(line.decode())
            client.request.headers[name] = value


Broken.main()
