"""grade doctor: what this machine offers for grading, what is missing, and the command that changes it."""
