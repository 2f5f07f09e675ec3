"""Starts a program now and then and never asks what has become of it.

passes: all
fails: none
advice: none
"""

import subprocess

from right import Server


class Odd(Server):
    def reply(self, connection, request):
        self.children = [*getattr(self, "children", [])[-20:], subprocess.Popen(["true"])]
        return super().reply(connection, request)


if __name__ == "__main__":
    Odd.main()
