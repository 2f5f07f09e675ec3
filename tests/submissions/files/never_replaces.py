"""The file is opened with mode "x", which raises when it is already there.

Caught by: files/replaces
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        with path.open("xb") as file:
            file.write(body)


Broken.main()
