"""Trailers stay with the connection, and are headers of the next request.

Caught by: chunked/trailers_are_no_headers
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_trailers(self, client):
        while line := self.read_line(client):
            client.trailers = {**getattr(client, "trailers", {}), **dict([self.parse_header(line.decode())])}

    def invite(self, client, request):
        super().invite(client, request)
        request.headers = {**getattr(client, "trailers", {}), **request.headers}


Broken.main()
