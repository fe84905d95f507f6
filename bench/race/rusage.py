"""Runs a program and writes what the kernel counted for it: rusage.py RESULT PROGRAM ARGUMENT..."""

import json
import os
import signal
import sys
import time

result, argv = sys.argv[1], sys.argv[2:]
start = time.monotonic()
pid = os.posix_spawnp(argv[0], argv, os.environ)
# Whoever ends this meter means the program.
signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGKILL))
_, status, usage = os.wait4(pid, 0)
wall_seconds = time.monotonic() - start
figures = {
    "cpuSeconds": usage.ru_utime + usage.ru_stime,
    "wallSeconds": wall_seconds,
    # Not below some 10 MiB: it begins with what this meter had.
    "rssMiB": usage.ru_maxrss / 1024,
}
with open(result, "w") as file:
    json.dump(figures, file)
sys.exit(1 if os.waitstatus_to_exitcode(status) else 0)
