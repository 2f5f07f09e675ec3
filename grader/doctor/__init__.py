"""grade doctor: what this machine offers for grading, what is missing, and how to change it."""
