"""SIGTERM is ignored, so that the program can only be killed.

Caught by: shutdown/closes_idle_connections, shutdown/nothing_new, shutdown/ends_on_sigterm, shutdown/closes_silent_connections
"""

import signal
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def handle_signals(self):
        super().handle_signals()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


Broken.main()
