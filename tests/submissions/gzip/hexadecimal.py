"""The compressed body is sent as hexadecimal digits, as it was printed in the example.

Caught by: gzip/compresses
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def compress(self, response):
        super().compress(response)
        response.body = response.body.hex().encode()


Broken.main()
