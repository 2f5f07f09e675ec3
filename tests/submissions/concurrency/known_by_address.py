"""What belongs to a client is kept under its address, which all clients of one machine share.

Caught by: concurrency/many_clients
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    texts = {}

    def echo_text(self, path):
        return self.texts.setdefault("127.0.0.1", super().echo_text(path))


Broken.main()
