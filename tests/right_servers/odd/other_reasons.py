"""Has reason phrases of its own, one of them with latin-1 letters and a colon.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def status_line(self, status):
        return f"HTTP/1.1 {status} Voil\xe0: {status} for you"


if __name__ == "__main__":
    Odd.main()
