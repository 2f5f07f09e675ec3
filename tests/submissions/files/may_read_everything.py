"""A file that may not be read raises, and the error ends the handler without an answer.

Caught by: files/unreadable_is_refused
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def may_read(self, path):
        return True


Broken.main()
