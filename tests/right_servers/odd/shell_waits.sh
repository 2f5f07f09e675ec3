#!/bin/sh
# Is a shell script that starts the server and waits for it.
#
# passes: all
# fails: none
# advice: none
cd "$(dirname "$0")"
python3 right.py "$@"
echo "the server has ended"
