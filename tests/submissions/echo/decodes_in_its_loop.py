"""Bytes that are no UTF-8 raise an error in the loop that serves everybody.

Caught by: echo/undecodable_is_survived
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def echo_text(self, path):
        text = super().echo_text(path)
        if "�" in text:
            raise UnicodeError("what are these bytes?")
        return text

    def garbage(self, client):
        raise

    def answer(self, client):
        try:
            return super().answer(client)
        except UnicodeError:
            sys.exit("cannot decode the text")


Broken.main()
