#!/bin/sh
# Is a shell script that starts the server in a pipe, with its output filtered.
#
# passes: all
# fails: none
# advice: none
cd "$(dirname "$0")"
python3 right.py "$@" 2>&1 | cat
