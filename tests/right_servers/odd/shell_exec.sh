#!/bin/sh
# Is a shell script that becomes the server.
#
# passes: all
# fails: none
# advice: none
cd "$(dirname "$0")" && exec python3 right.py "$@"
