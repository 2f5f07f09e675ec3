"""Uploads are handed over to be stored later, and requests behind them are answered meanwhile.

Caught by: pipelining/all_kinds
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_request(self, client):
        uploads = client.__dict__.setdefault("uploads", [])
        while not uploads or b"\r\n\r\n" in client.buffer:
            request = super().read_request(client)
            if request is None or request.method != "POST":
                return request
            uploads.append(request)
        return uploads.pop(0)


Broken.main()
