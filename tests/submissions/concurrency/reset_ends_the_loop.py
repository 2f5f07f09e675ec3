"""recv raises when a client resets its connection, and nobody catches that while a request is being read.

Caught by: concurrency/reset
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def failed(self, client, error):
        if client.buffer:
            raise error
        return False


Broken.main()
