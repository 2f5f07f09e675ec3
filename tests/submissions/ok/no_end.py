"""The answer has no length, and the connection stays open: the client cannot know that it is complete.

Caught by: ok/end_is_told
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        pass


Broken.main()
