"""Starts a program for each echo, as CGI does.

passes: all
fails: none
advice: none
"""

import subprocess

from right import Application, Server


class Calling(Application):
    def text(self, quoted):
        return subprocess.run(["cat"], input=super().text(quoted), stdout=subprocess.PIPE, check=True).stdout


class Odd(Server):
    application = Calling


if __name__ == "__main__":
    Odd.main()
