"""A field that came in the request before is kept with its value of then.

Caught by: forms/nothing_is_kept
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    before = {}

    def grouped(self, fields):
        found = super().grouped(fields)
        shared = {name: self.before[name] for name in found if name in self.before}
        Broken.before = found
        return {**found, **{name: [value, found[name]] for name, value in shared.items() if len(name) > 1}}


Broken.main()
