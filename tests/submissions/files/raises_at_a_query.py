"""The query is split at its equals sign in the loop that serves everybody, and need not have one.

Caught by: files/odd_names_are_survived
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def path(self, target):
        path, mark, query = target.partition("?")
        if mark and path.startswith("/files/") and "=" not in query and "files" not in query and query:
            sys.exit("not enough values to unpack")
        return path


Broken.main()
