#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder. It needs the Internet: pip installs the packages that
# the grader needs. Choose Ubuntu 24.04 if you can; 22.04 works too.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -q

# What your learners' programs need. Python comes with it; add nodejs, golang, default-jdk and the like.
apt-get install -yq --no-install-recommends python3

# The grader needs Python 3.11 or newer, and an environment of its own.
works() { "$1" -I -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
found=
for python in python3.14 python3.13 python3.12 python3.11 python3; do
    if works "$python"; then
        found=$python
        break
    fi
done
for python in python3.13 python3.12 python3.11; do
    [ -z "$found" ] || break
    if apt-get install -yq --no-install-recommends "$python" "$python-venv" && works "$python"; then
        found=$python
    fi
done
if [ -z "$found" ]; then
    echo "The grader needs Python 3.11 or newer, and this system has none: choose another base image." >&2
    exit 1
fi
"$found" -I -m venv /opt/stage-grader
/opt/stage-grader/bin/python -I -m pip install --quiet --disable-pip-version-check /autograder/source/stage_grader-*.whl

# A submission runs as the user nobody: the grader, its course and the results are for root alone.
mkdir -p /autograder/results
chmod -R go-rwx /opt/stage-grader /autograder/source /autograder/results
