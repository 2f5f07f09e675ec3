"""The name is used as it stands in the path, percent-encoded.

Caught by: files/encoded_name
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place(self, name):
        return super().place(name.replace("%", "%25"))

    def save(self, path, body):
        if path.parent != self.directory:
            raise FileNotFoundError(path)
        super().save(path, body)


Broken.main()
