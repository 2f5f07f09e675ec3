"""Prepares itself for too long."""

import time

time.sleep(600)  # here
