"""The lines of the head end with a line feed alone.

Caught by: ok/well_formed, ok/nothing_outside, ok/end_is_told, ok/waits_for_the_empty_line, ok/ignores_a_leading_empty_line, ok/head_has_no_body
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        head, _, body = super().to_bytes(response).partition(b"\r\n\r\n")
        return head.replace(b"\r\n", b"\n") + b"\n\n" + body


Broken.main()
