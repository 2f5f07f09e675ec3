"""It decodes percent-escapes before it sends the head back.

Caught by: whole-request/every_byte
"""

import sys
from urllib.parse import unquote_to_bytes

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        return unquote_to_bytes(head)


Broken.main()
