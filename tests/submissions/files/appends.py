"""The file is opened for appending.

Caught by: files/replaces
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        with path.open("ab") as file:
            file.write(body)


Broken.main()
