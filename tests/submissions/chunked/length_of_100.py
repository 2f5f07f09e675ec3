"""The invitation has a length, like every other answer.

Caught by: chunked/no_length_of_100
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def send(self, client, data):
        super().send(client, data.replace(b" 100 Continue\r\n", b" 100 Continue\r\nContent-Length: 0\r\n"))


Broken.main()
