"""Without q the answer is 400.

Caught by: query-strings/missing_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def search(self, request):
        names = [name for name, _ in self.fields(self.query(request.target))]
        return super().search(request) if "q" in names else self.error(400)


Broken.main()
