"""A thread that is no daemon cleans up once an hour: the program does not end while it lives.

Caught by: shutdown/ends_on_sigterm, shutdown/ends_on_sigint
"""

import sys
import threading
import time

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def run(self):
        threading.Thread(target=self.clean_up).start()
        super().run()

    def clean_up(self):
        while True:
            time.sleep(3600)


Broken.main()
