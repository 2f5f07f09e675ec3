"""The program does nothing at all; it may look right while another server holds the port.

Caught by: bind-port/listens
"""

import time

time.sleep(100)
