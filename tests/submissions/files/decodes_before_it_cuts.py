"""The name is decoded first, and then cut at a question mark, as if a query began there.

Caught by: files/every_sign
"""

import sys
from urllib.parse import quote, unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        return self.place(quote(unquote(name).partition("?")[0], errors="surrogateescape"))


Broken.main()
