"""The page of a stage as people read it: on a terminal, in a pager, in a browser."""
