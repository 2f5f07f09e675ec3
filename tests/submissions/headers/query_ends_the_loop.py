"""A query without an equals sign raises an error in the loop that serves everybody.

Caught by: headers/query_is_survived
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def path(self, target):
        path, mark, query = target.partition("?")
        if mark and path == "/user-agent":
            for pair in query.split("&"):
                name, equals, value = pair.partition("=")
                if not equals:
                    sys.exit(f"no value for {name!r}")
        return path


Broken.main()
