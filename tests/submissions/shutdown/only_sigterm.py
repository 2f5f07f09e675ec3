"""Only SIGTERM is handled: at Ctrl-C the KeyboardInterrupt ends the program with its traceback.

Caught by: shutdown/finishes_on_sigint, shutdown/ends_on_sigint
"""

import os
import signal
import sys
import traceback

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def handle_signals(self):
        signal.signal(signal.SIGTERM, self.note)

    def serve(self, listener):
        try:
            super().serve(listener)
        except KeyboardInterrupt:
            traceback.print_exc(limit=0)
            os._exit(1)


Broken.main()
