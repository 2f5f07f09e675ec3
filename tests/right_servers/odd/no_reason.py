"""Ends the status line after the code, without the space.

passes: all
fails: none
advice: ok/space_after_the_code
"""

from right import Server


class Odd(Server):
    def status_line(self, status):
        return f"HTTP/1.1 {status}"


if __name__ == "__main__":
    Odd.main()
