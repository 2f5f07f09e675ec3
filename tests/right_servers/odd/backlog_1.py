"""Lets no more than one client wait to be accepted.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    backlog = 1


if __name__ == "__main__":
    Odd.main()
