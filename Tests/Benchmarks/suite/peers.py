# SPDX-License-Identifier: Apache-2.0
"""The servers that Cartlink is measured beside. They give Cartlink's own answers, for Cartlink's own links."""

import base64
import datetime
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import tokens
from pinned import Program

HERE = Path(__file__).resolve().parents[1] / "peers"
# What every server says for itself, and what belongs to one connection.
OWN_FIELDS = {"date", "content-length", "connection", "keep-alive", "server", "transfer-encoding"}


class Answers:
    """What Cartlink answered, kept as files for the peers."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.routes, self.others = {}, {}

    def keep(self, route, visit, gzip_visit):
        """Keeps the route's plain answer, and the compressed one where Cartlink compresses."""
        plain = self._read(visit)
        packed = self._read(gzip_visit)
        is_packed = any(name.lower() == "content-encoding" for name, _ in packed["headers"])
        self.routes[route] = {"plain": plain, "gzip": packed if is_packed else None}

    def keep_other(self, name, visit):
        self.others[name] = self._read(visit)

    def _read(self, visit):
        status, headers, body = visit.ask()
        if status != visit.status:
            sys.exit(f"Cartlink answered {status} in place of {visit.status}; its peers can't be set up from that")
        path = self.folder / f"body-{len(list(self.folder.iterdir()))}"
        path.write_bytes(body)
        fields = [[name, value] for name, value in headers.items() if name.lower() not in OWN_FIELDS]
        return {"status": status, "headers": fields, "body": str(path)}


def expiry(link):
    return int(datetime.datetime.fromisoformat(link.expires_at).timestamp())


def settings(folder, port, shop, answers, links):
    """The file that the Go and the Node server start from."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lines = folder / "links"
    lines.write_text("".join(f"{tokens.id_bytes(link.id).hex()} {expiry(link)}\n" for link in links))
    path = folder / "settings.json"
    values = {"address": f"127.0.0.1:{port}", "tenant": "default", "host": "127.0.0.1", "keyFile": str(shop.server.key_file)}
    path.write_text(json.dumps(values | {"links": str(lines), "routes": answers.routes} | answers.others, indent=1))
    return path


def start_go(folder, port, shop, answers, links):
    path = settings(folder, port, shop, answers, links)
    program = path.parent / "peer"
    built = subprocess.run(["go", "build", "-o", program, "."], cwd=HERE / "go", capture_output=True, text=True, check=False)
    if built.returncode != 0:
        sys.exit(f"The Go peer can't be built:\n{built.stderr}")
    return Program("the Go peer", port, folder, [program, path], {"GOMAXPROCS": "1"})


def start_node(folder, port, shop, answers, links):
    path = settings(folder, port, shop, answers, links)
    return Program("the Node peer", port, folder, [shutil.which("node"), HERE / "node/server.mjs", path], {"NODE_ENV": "production"})


def start_nginx(folder, port, shop, answers, links):
    folder = Path(folder)
    for route, both in answers.routes.items():
        _write_files(folder / "files" / route.strip("/"), both, links)
    text = (HERE / "nginx/nginx.conf.in").read_text()
    values = {
        "user": "user root;" if os.geteuid() == 0 else "",  # else the worker may not read this run's folder
        "folder": str(folder),
        "address": f"127.0.0.1:{port}",
        "secret": _secret(shop),
        "locations": "".join(_location(route, both) for route, both in answers.routes.items()),
    }
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    (folder / "nginx.conf").write_text(text)
    return Program("nginx", port, folder, ["nginx", "-p", folder, "-c", folder / "nginx.conf"])


def nginx_path(route, link, shop, secret=None):
    """A signed, expiring link as nginx's documentation makes it."""
    path, end = f"{route}{link.id}", expiry(link)
    digest = hashlib.md5(f"{end}{path} {secret or _secret(shop)}".encode()).digest()
    return f"{path}?md5={base64.urlsafe_b64encode(digest).decode().rstrip('=')}&expires={end}"


def _secret(shop):
    """The signing key in hex."""
    (secret,) = [line.split()[3] for line in shop.server.key_file.read_text().splitlines() if " signing " in line]
    return secret


def _write_files(folder, both, links):
    folder.mkdir(parents=True)
    bodies = {"": both["plain"], ".gz": both["gzip"]}
    for ending, answer in bodies.items():
        body = answer and Path(answer["body"]).read_bytes()
        for link in links if answer else ():
            (folder / (link.id + ending)).write_bytes(body)


def _location(route, both):
    fields = {name: value for name, value in both["plain"]["headers"] if name.lower() not in {"etag", "content-type", "accept-ranges"}}
    (kind,) = [value for name, value in both["plain"]["headers"] if name.lower() == "content-type"]
    lines = [f"location {route} {{", "    types {}", f'    default_type "{kind}";', *(["    gzip_static on;"] if both["gzip"] else [])]
    lines += ['    if ($secure_link = "") { return 404; }', '    if ($secure_link = "0") { return 410; }']
    # Cartlink has an entity tag only; an empty value takes the header out.
    lines += ['    add_header Last-Modified "";', *(f"    add_header {name} {json.dumps(value)};" for name, value in fields.items()), "}"]
    return "".join(f"        {line}\n" for line in lines)
