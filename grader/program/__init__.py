"""A program under grading: found, launched under pexpect, drained, watched and stopped."""
