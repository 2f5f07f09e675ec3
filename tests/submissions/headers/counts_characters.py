"""The value is read and measured as text, and sent as UTF-8: beyond ASCII its length is too small.

Caught by: headers/beyond_ascii_comes_back
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def user_agent(self, request):
        text = self.header(request, "User-Agent").encode("latin-1").decode("utf-8", "replace")
        response = super().user_agent(request)
        response.body, self.characters = text.encode(), len(text)
        return response

    def length(self, response):
        return getattr(self, "characters", super().length(response)) if response.body else 0


Broken.main()
