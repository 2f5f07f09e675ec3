"""A body is decoded as utf-8-sig where it can be, which drops a byte order mark.

Caught by: files/keeps_the_byte_order_mark
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        super().save(path, body.removeprefix(b"\xef\xbb\xbf"))


Broken.main()
