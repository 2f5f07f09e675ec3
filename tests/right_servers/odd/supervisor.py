"""Is started as a supervisor that starts itself again and looks every 100 ms whether the server lives.

passes: all
fails: none
advice: none
"""

import subprocess
import sys
import time

from right import Server

if __name__ == "__main__":
    if "--child" in sys.argv:
        sys.argv.remove("--child")
        Server.main()
    child = subprocess.Popen([sys.executable, __file__, "--child", *sys.argv[1:]])
    while child.poll() is None:
        time.sleep(0.1)
