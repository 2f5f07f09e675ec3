"""The escapes of a name become characters one by one, so that two bytes of UTF-8 are two letters.

Caught by: files/encoded_name
"""

import sys
from urllib.parse import quote, unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        return super().place_to_read(quote(unquote(name, "latin-1")))


Broken.main()
