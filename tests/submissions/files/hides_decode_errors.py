"""Files are read as text, and one that is no text is answered like one that is missing.

Caught by: files/serves_every_byte
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def serve_file(self, request, name):
        try:
            return super().serve_file(request, name)
        except UnicodeDecodeError:
            return self.not_found()

    def load(self, path):
        return super().load(path).decode().encode()


Broken.main()
