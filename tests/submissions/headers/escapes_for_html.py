"""The value is made fit for a page of HTML before it is sent.

Caught by: headers/every_sign
"""

import html
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def user_agent(self, request):
        response = super().user_agent(request)
        response.body = html.escape(response.body.decode("latin-1"), quote=False).encode("latin-1")
        return response


Broken.main()
