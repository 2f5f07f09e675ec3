"""A name that was missing once stays missing.

Caught by: files/ordinary_client
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    missing = set()

    def serve_file(self, request, name):
        if name in self.missing:
            return self.not_found()
        response = super().serve_file(request, name)
        if response.status == 404:
            self.missing.add(name)
        return response


Broken.main()
