# SPDX-License-Identifier: Apache-2.0
"""A way to a server that can go dead without closing, as when a cable is cut or a firewall forgets."""

import selectors
import socket
import threading


class HalfOpen:
    """Forwards each connection to a port of this machine. While frozen it takes bytes and connections, and passes nothing on."""

    def __init__(self, target):
        self.target, self.listener = target, socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        # Looks at what a client sends: a shorter text is passed on, and then the way goes dead; None ends the connection.
        self.inspect = lambda data, said: data
        self._runs, self._thaw, self._pairs, self._lock = True, threading.Event(), [], threading.Lock()
        self._thaw.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._runs = False
        self.listener.close()
        self.cut()
        self._thaw.set()

    def freeze(self):
        self._thaw.clear()

    def thaw(self):
        self._thaw.set()

    @property
    def is_frozen(self):
        return not self._thaw.is_set()

    def cut(self):
        """Ends all connections that there are."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for end in (end for pair in pairs for end in pair):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _accept(self):
        while self._runs:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._forward, args=(client,), daemon=True).start()

    def _forward(self, client):
        self._thaw.wait()
        try:
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            return client.close()
        with self._lock:
            self._pairs.append((client, server))
        said = bytearray()
        with client, server, selectors.DefaultSelector() as ends:
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ends.register(client, selectors.EVENT_READ, server)
            ends.register(server, selectors.EVENT_READ, client)
            try:
                while self._runs:
                    for ready, _ in ends.select(0.5):
                        data = ready.fileobj.recv(1 << 18)
                        self._thaw.wait()
                        if not data:
                            return
                        if ready.fileobj is client:
                            said += data
                            data = self._inspected(data, said)
                            if data is None:
                                return
                        ready.data.sendall(data)
            except OSError:
                pass

    def _inspected(self, data, said):
        passed = self.inspect(data, said)
        if passed is not None and len(passed) < len(data):
            self.freeze()
        return passed
