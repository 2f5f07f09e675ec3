"""An upload is written to a temporary file first, which stays where it is when it cannot be renamed.

Caught by: files/stored_or_refused
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        temporary = path.parent / "upload.tmp"
        super().save(temporary, body)
        temporary.replace(path)


Broken.main()
