"""No signal is handled: SIGTERM ends the program at once.

Caught by: shutdown/finishes_on_sigterm
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def handle_signals(self):
        pass


Broken.main()
