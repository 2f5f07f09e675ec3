"""Sleeps, and never listens."""

from listener import live_on

live_on()
