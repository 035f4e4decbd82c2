# SPDX-License-Identifier: Apache-2.0
"""How much memory the servers hold at one moment."""

from pinned import resident_megabytes


def take(row, contenders, figures):
    """Adds each server's memory once: Cartlink by the router is the same process as Cartlink."""
    for contender in contenders:
        if contender.name != "router":
            figures.add(row, contender.name, resident_megabytes(contender.server.pid))
