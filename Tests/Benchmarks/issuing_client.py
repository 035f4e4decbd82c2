# SPDX-License-Identifier: Apache-2.0
"""Clients on kept connections, each of which asks again as soon as it is answered."""

import selectors
import socket
import time


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def ask(self, request):
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def answered(self):
        """Whether the whole answer is here; its status is the first thing in it."""
        self.received += self.socket.recv(65536)
        head, end, body = self.received.partition(b"\r\n\r\n")
        if not end:
            return False
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        if len(body) < length:
            return False
        assert head.startswith(b"HTTP/1.1 20"), head.split(b"\r\n")[0]
        self.received = b""
        return True


def run(port, clients, seconds, request):
    """Seconds that each answer took; `request` makes the next request's bytes."""
    times, waiting = [], selectors.DefaultSelector()
    for _ in range(clients):
        client = Client(port)
        waiting.register(client.socket, selectors.EVENT_READ, client)
        client.ask(request())
    end = time.perf_counter() + seconds
    while (now := time.perf_counter()) < end:
        for key, _ in waiting.select(1):
            client = key.data
            if client.answered():
                times.append(time.perf_counter() - client.asked_at)
                client.ask(request())
    for key in list(waiting.get_map().values()):
        key.data.socket.close()
    waiting.close()
    return times
