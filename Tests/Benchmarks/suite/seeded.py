# SPDX-License-Identifier: Apache-2.0
"""A data folder with very many links, as Tests/Benchmarks/seed.py makes it: cartlink.yaml, data, keys and tokens.txt."""

import sys
from dataclasses import dataclass
from pathlib import Path

from client import Client
from server import free_ports
from shop import PinnedServer, Shop


def name(count):
    """What a folder with so many links is called in the table."""
    digits = f"{count:,}".replace(",", " ")
    return f"Cartlink, {digits} links"


@dataclass(frozen=True)
class Token:
    token: str


class SeededServer(PinnedServer):
    """Serves a folder that is there already, at ports of its own."""

    def __init__(self, folder):
        self.folder, self.process = Path(folder).resolve(), None
        self.config, self.log, self.output = self.folder / "cartlink.yaml", self.folder / "log", self.folder / "output"
        public, admin = free_ports(2)
        self.public, self.admin = Client(public), Client(admin)
        self.environment = {"CARTLINK_PUBLIC_ADDRESS": f"127.0.0.1:{public}", "CARTLINK_ADMIN_ADDRESS": f"127.0.0.1:{admin}"}


class SeededShop(Shop):
    def __init__(self, folder):
        self.server = SeededServer(folder)
        missing = [name for name in ("cartlink.yaml", "data", "tokens.txt") if not (self.server.folder / name).exists()]
        if missing:
            sys.exit(f"{folder} lacks {', '.join(missing)}: make it with Tests/Benchmarks/seed.py")
        self.data = self.server.folder / "data"

    def links(self, count):
        return [Token(line) for line in (self.server.folder / "tokens.txt").read_text().split()[:count]]
