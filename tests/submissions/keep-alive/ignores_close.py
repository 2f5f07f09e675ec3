"""The header Connection is not looked at.

Caught by: keep-alive/closes_when_asked, keep-alive/closes_after_404, keep-alive/option_in_any_case, keep-alive/closes_on_http_1_0
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        return False


Broken.main()
