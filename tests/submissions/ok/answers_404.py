"""The root is looked up among the known pages under another name.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def root(self, request):
        return self.not_found()


Broken.main()
