"""Serves its connections by a pool of 128 threads.

passes: all
fails: none
advice: none
"""

from concurrent.futures import ThreadPoolExecutor

from right import Server


class Odd(Server):
    def serve(self, listener):
        with ThreadPoolExecutor(128) as pool:
            while True:
                pool.submit(self.handle, listener.accept()[0])


if __name__ == "__main__":
    Odd.main()
