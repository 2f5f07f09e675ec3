"""Its answers are thought of by an orphan at the other end of two pipes, one after the other, each after a while.

passes: all
fails: none
advice: none
"""

import os
import pickle
import threading
import time

from right import Application, Server


class Asking(Application):
    def __init__(self, directory):
        super().__init__(directory)
        (requests, our_requests), (our_answers, answers) = os.pipe(), os.pipe()
        self.turn = threading.Lock()
        self.requests, self.answers = os.fdopen(our_requests, "wb"), os.fdopen(our_answers, "rb")
        if not (parent := os.fork()):
            if not os.fork():
                self.think(os.fdopen(requests, "rb"), os.fdopen(answers, "wb"))
            os._exit(0)
        os.waitpid(parent, 0)

    def think(self, requests, answers):
        while True:
            request = pickle.load(requests)
            time.sleep(0.03)
            pickle.dump(super().answer(request), answers)
            answers.flush()

    def answer(self, request):
        with self.turn:
            pickle.dump(request, self.requests)
            self.requests.flush()
            return pickle.load(self.answers)


class Odd(Server):
    application = Asking


if __name__ == "__main__":
    Odd.main()
