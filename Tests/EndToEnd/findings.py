# SPDX-License-Identifier: Apache-2.0
"""What tests counted and measured, for the end of the run's output: pytest hides what a passed test prints."""

STALENESS = "reads of links while they are revoked"
FAULTS = "fault | what readers saw | what writers saw | longest wait | recovery"
RESTARTS = "restarts behind nginx"

found = {}


def tell(heading, line):
    found.setdefault(heading, []).append(line)
