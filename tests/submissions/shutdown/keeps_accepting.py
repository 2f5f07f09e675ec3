"""New clients are accepted and answered as long as a request is under way.

Caught by: shutdown/nothing_new
"""

import os
import sys
import threading

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def close_listener(self, listener):
        thread = threading.Thread(target=self.accept_more, args=(listener,), daemon=True)
        thread.start()

    def accept_more(self, listener):
        while True:
            self.start(*listener.accept())

    def finish(self):
        super().finish()
        os._exit(0)


Broken.main()
