"""An answer is kept by its path alone, whatever the next client accepts.

Caught by: gzip/plain_unless_asked
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    answers = {}

    def respond(self, request, close):
        response = super().respond(request, close)
        if request.target.startswith("/echo/"):
            response = self.answers.setdefault(request.target, response)
        return response


Broken.main()
