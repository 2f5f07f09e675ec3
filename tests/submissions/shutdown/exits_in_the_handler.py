"""The handler of both signals ends the program at once.

Caught by: shutdown/finishes_on_sigterm
"""

import os
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def note(self, *_):
        os._exit(0)


Broken.main()
