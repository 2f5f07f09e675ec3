"""The name is put into Location as it was decoded, line ends and all.

Caught by: files/line_ends_make_no_header
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def created(self, request, name):
        response = super().created(request, name)
        response.headers["Location"] = f"/files/{unquote(name)}"
        return response


Broken.main()
