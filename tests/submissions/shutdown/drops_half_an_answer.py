"""A request counts as done when its answer begins: the rest of a large answer is cut off.

Caught by: shutdown/sends_all
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def send(self, client, data):
        client.busy = False
        super().send(client, data)


Broken.main()
