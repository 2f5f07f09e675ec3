"""Until a client has said something, the loop asks again and again whether something has come, and never waits.

Caught by: concurrency/sleeps_while_idle
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def patience(self):
        silent = all(not client.buffer and not client.answered for client in self.clients.values())
        return 0 if self.clients and silent else None


Broken.main()
