"""Bytes that are no UTF-8 raise an error in the loop that serves everybody.

Caught by: files/odd_names_are_survived
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def place(self, name):
        try:
            unquote(name, errors="strict")
        except UnicodeError:
            sys.exit("cannot decode the name")
        return super().place(name)


Broken.main()
