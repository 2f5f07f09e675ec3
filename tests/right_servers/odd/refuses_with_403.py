"""Answers 403 to what lies outside of the directory.

passes: all
fails: none
advice: none
"""

from right import Application, Server


class Strict(Application):
    refusal = 403


class Odd(Server):
    application = Strict


if __name__ == "__main__":
    Odd.main()
