"""No file can have a NUL in its name: the error that this raises ends the handler without an answer.

Caught by: files/impossible_name_is_answered
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place(self, name):
        if "\0" in unquote(name):
            raise ValueError("embedded null byte")
        return super().place(name)


Broken.main()
