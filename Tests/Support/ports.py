# SPDX-License-Identifier: Apache-2.0
"""Ports for servers of the tests."""

import itertools
import random
import socket

# Below those that Linux gives to outgoing connections: none of these takes a port while its server is stopped or not yet started.
_ports = itertools.cycle(random.sample(range(20_000, 32_768), 12_768))


def free_ports(count):
    """Ports of this machine that nobody listens on, each another one than before."""
    found = []
    while len(found) < count:
        port = next(_ports)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        found.append(port)
    return found
