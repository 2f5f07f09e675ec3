"""The content is tested where "is None" is meant: an empty file counts as missing.

Caught by: files/serves_empty
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def serve_file(self, request, name):
        response = super().serve_file(request, name)
        return response if response.body else self.not_found()


Broken.main()
