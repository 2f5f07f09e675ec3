"""The page of a class: how its submissions did, in one file that needs nothing but a browser."""
