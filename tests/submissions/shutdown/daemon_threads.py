"""The main thread does not wait for the threads of the clients: they end with it.

Caught by: shutdown/finishes_on_sigterm
"""

import os
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def finish(self):
        os._exit(0)  # as daemon threads end, whatever they do


Broken.main()
