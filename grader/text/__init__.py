"""Text as people see it: escaped, measured, coloured; and the nearest right word."""
