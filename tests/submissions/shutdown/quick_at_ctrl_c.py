"""At Ctrl-C the requests under way are not waited for.

Caught by: shutdown/finishes_on_sigint
"""

import os
import signal
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def handle_signals(self):
        super().handle_signals()
        signal.signal(signal.SIGINT, lambda *_: os._exit(0))


Broken.main()
