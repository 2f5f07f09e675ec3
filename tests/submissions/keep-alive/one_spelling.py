"""The value of Connection is compared with "close", letter by letter and as a whole.

Caught by: keep-alive/option_in_any_case
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        value = self.connection_header(request)
        return value == "close" or (value.lower().find("close") < 0 and super().wants_close(client, request))


Broken.main()
