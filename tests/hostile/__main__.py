"""Examines one hostile program at one level: `python -m tests.hostile PROGRAM LEVEL` prints what
came of it as JSON."""

import json
import sys
from dataclasses import asdict

from tests.bad_input.bench import adopt_orphans
from tests.hostile.attacks import ATTACKS
from tests.hostile.examined import aiming, examine

if __name__ == "__main__":
    name, level = sys.argv[1:]
    adopt_orphans()
    with aiming() as aims:
        found = examine(aims, next(attack for attack in ATTACKS if attack.program == name), level)
        sys.stdout.write(json.dumps(asdict(found)) + "\n")
