"""What is not ASCII becomes a question mark in a name.

Caught by: json-api/keeps_names
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def new_key(self):
        return super().new_key()

    def add_item(self, request):
        response = super().add_item(request)
        self.items[str(self.last)] = self.items[str(self.last)].encode("ascii", "replace").decode()
        return response


Broken.main()
