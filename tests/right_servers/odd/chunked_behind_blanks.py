"""Sends its bodies in chunks, and writes blanks behind the values of its headers, which Python's http.client keeps.

passes: all
fails: none
advice: none
"""

from chunked import Odd as Chunked
from much_white_space import Odd as MuchWhiteSpace


class Odd(MuchWhiteSpace, Chunked):
    pass


if __name__ == "__main__":
    Odd.main()
