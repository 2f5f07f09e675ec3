"""Before each answer the server waits for a second.

Caught by: concurrency/answers_without_a_pause
"""

import sys
import time

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def respond(self, request, close):
        time.sleep(1)
        return super().respond(request, close)


Broken.main()
