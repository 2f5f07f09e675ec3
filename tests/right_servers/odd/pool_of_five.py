"""Serves its connections by a pool of five threads, each of which stays with its client until it leaves.

passes: all
fails: none
advice: concurrency/idle_clients
"""

from concurrent.futures import ThreadPoolExecutor

from right import Server


class Odd(Server):
    def serve(self, listener):
        with ThreadPoolExecutor(5) as pool:
            while True:
                pool.submit(self.handle, listener.accept()[0])


if __name__ == "__main__":
    Odd.main()
