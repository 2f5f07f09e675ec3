"""What follows q is a tag, and what stands before it is not.

Caught by: query-strings/any_order
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def all_of(self, fields, name):
        names = [other for other, _ in fields]
        return super().all_of(fields[names.index("q") :] if "q" in names else fields, name)


Broken.main()
