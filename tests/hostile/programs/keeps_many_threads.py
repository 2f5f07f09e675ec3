"""Has 900 threads that wait for work, and answers rightly."""

import threading

import attempt

threading.stack_size(65536)
for _ in range(900):
    threading.Thread(target=threading.Event().wait, args=(attempt.LONGEST_LIFE_S,), daemon=True).start()
attempt.serve()
