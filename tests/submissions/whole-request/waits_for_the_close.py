"""It reads until the client closes, which waits for its answer.

Caught by: whole-request/sends_the_head_back
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def is_whole(self, data):
        return False


Broken.main()
