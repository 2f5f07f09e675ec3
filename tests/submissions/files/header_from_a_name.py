"""The name is put into Location encoded, but for its line ends.

Caught by: files/line_ends_make_no_header
"""

import sys
from urllib.parse import quote, unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def created(self, request, name):
        response = super().created(request, name)
        response.headers["Location"] = "/files/" + quote(unquote(name), safe="/\r\n: ")
        return response


Broken.main()
