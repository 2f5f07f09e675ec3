"""After SIGTERM the program ends with status 1, as if something had gone wrong.

Caught by: shutdown/ends_on_sigterm
"""

import signal
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def note(self, number, frame):
        super().note()
        self.number = number

    def finish(self):
        super().finish()
        sys.exit(1 if self.number == signal.SIGTERM else 0)


Broken.main()
