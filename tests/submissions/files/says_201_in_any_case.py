"""The error of a file that cannot be written is passed over, and the answer is 201 all the same.

Caught by: files/stored_or_refused
"""

import sys
from contextlib import suppress

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        with suppress(OSError):
            super().save(path, body)


Broken.main()
