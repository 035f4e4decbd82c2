# SPDX-License-Identifier: Apache-2.0
"""Says on stderr what runs now, how much of it is done and how long the rest takes."""

import sys
import time


class Progress:
    def __init__(self, stream=sys.stderr):
        self.stream, self.start = stream, time.monotonic()

    def say(self, text):
        print(f"==> {text}", file=self.stream, flush=True)

    def steps(self, count):
        """Counts `count` steps of like length; call the result with each step's name before it begins."""
        began, done = time.monotonic(), 0

        def step(name):
            nonlocal done
            left = f"{(time.monotonic() - began) / done * (count - done):.0f} s left" if done else "…"
            done += 1
            print(f"[{done}/{count}, {left}] {name}", file=self.stream, flush=True)

        return step

    def seconds(self):
        return time.monotonic() - self.start
