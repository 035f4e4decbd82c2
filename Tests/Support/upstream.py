# SPDX-License-Identifier: Apache-2.0
"""A shop's API as the service meets it: a server that notes every request, does its work, and fails in the ways a test wants."""

import json
import os
import socket
import struct
import sys
import threading
import time
from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from ports import free_ports

METADATA = "http://169.254.169.254/latest/"
JSON, HTML = "application/json", "text/html; charset=utf-8"

# Whose data carts hold: each piece is a canary.
Person = namedtuple("Person", "name email digits coupon")
OWNER = Person("Kanarie", "kanarie@example.com", "5550917364", "KANARIE10")
STRANGER = Person("Fremdvogel", "fremdvogel@example.com", "5550284617", "FREMDVOGEL10")
PAGE = f"<html><body><h1>Server Error</h1><p>{OWNER.name}, {OWNER.email}, {OWNER.digits}</p></body></html>".encode()
NOT_FOUND_PAGE = b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


@dataclass
class Request:
    """A request as it came."""

    method: str
    path: str
    query: dict
    # By any case of the name; `get_all(name)` for what came twice.
    headers: HTTPMessage
    body: bytes
    # Counts the connections: requests of the same number came over the same one.
    connection: int
    at: float = field(default_factory=time.monotonic)
    # How much of the answer's body the system took, whoever read it.
    sent: int = 0

    @property
    def json(self):
        """The body's value; None if it isn't JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    type: str = JSON
    headers: dict = field(default_factory=dict)

    @classmethod
    def of(cls, value, status=200, type=JSON, headers=None):
        return cls(status, json.dumps(value, ensure_ascii=False).encode(), type, headers or {})


@dataclass(frozen=True)
class Fault:
    """What is done instead of an answer. Nothing of the request takes effect, unless `after_effect()` says so."""

    play: Callable[["_Exchange"], None]
    has_effect: bool = False

    def after_effect(self):
        """The same fault, once the request has done its work: a write is applied, only its answer is lost."""
        return replace(self, has_effect=True)

    @staticmethod
    def status(status, body=b"", type=JSON, **headers):
        """Headers by keyword: `Retry_After=7`."""
        named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        return Fault(lambda exchange: exchange.send(Reply(status, body, type, named)))

    @staticmethod
    def html(status=500):
        """A page: the known one for 404, else one that prints somebody's personal data."""
        return Fault.status(status, NOT_FOUND_PAGE if status == 404 else PAGE, HTML)

    @staticmethod
    def busy(status=429, retry_after=7):
        return Fault.status(status, b'{"message":"Too many requests"}', Retry_After=retry_after)

    @staticmethod
    def redirect(location=METADATA, status=302):
        return Fault.status(status, Location=location)

    @staticmethod
    def ok(body, type=JSON):
        """200 with this body."""
        return Fault.status(200, body, type)

    @staticmethod
    def error_body():
        """200 with the body of an error, whose text repeats personal data."""
        error = {"code": "ORD001", "message": f"The field {OWNER.digits} of {OWNER.email} is invalid", "exception": None}
        return Fault.ok(json.dumps({"fields": {}, "error": error, "operationId": "5d9f54e6"}).encode())

    @staticmethod
    def invalid_json():
        return Fault.ok(f'{{"items": [{{"name": "{OWNER.name}", '.encode())

    @staticmethod
    def dripping(interval=0.2):
        """A body of which one byte comes at a time, for ever."""

        def play(exchange):
            exchange.head(200, {"Content-Type": JSON, "Content-Length": "1000000"})
            for letter in b'{"padding":"' + b"x" * 999_000:
                exchange.write(bytes([letter]))
                if exchange.released.wait(interval):
                    break

        return Fault(play)

    @staticmethod
    def silence():
        """The request is read, and that was it: until the fault is cleared or the server closes."""
        return Fault(lambda exchange: exchange.released.wait(None))

    @staticmethod
    def half_answer(body=b'{"items": [{"id": "1", "name": "Mug", "quantity": 2}, {"id": "2"}]}'):
        """The connection ends within the body: of the true answer after an effect, else of this one."""

        def play(exchange):
            whole = exchange.reply or Reply(body=body)
            exchange.head(whole.status, {"Content-Type": whole.type, "Content-Length": str(len(whole.body))})
            exchange.write(whole.body[: len(whole.body) // 2])

        return Fault(play)

    @staticmethod
    def reset():
        return Fault(lambda exchange: exchange.reset())

    @staticmethod
    def huge(megabytes=50, chunked=False):
        """Valid JSON of that many million bytes."""

        def play(exchange):
            size = {"Transfer-Encoding": "chunked"} if chunked else {"Content-Length": str(megabytes * 1_000_000 + 14)}
            exchange.head(200, {"Content-Type": JSON} | size)
            for piece in (b'{"padding":"', *[b"x" * 1_000_000] * megabytes, b'"}'):
                exchange.write(piece, chunked)
            exchange.close_connection = False
            if chunked:
                exchange.wfile.write(b"0\r\n\r\n")

        return Fault(play)

    @staticmethod
    def delay(seconds):
        """Done and answered late; with `after_effect()` done at once, and only answered late."""

        def play(exchange):
            exchange.released.wait(seconds)
            exchange.send(exchange.work())

        return Fault(play)

    @staticmethod
    def wrong_cart_id():
        """The true answer, but each cart id in it is another one of the same form."""

        def play(exchange):
            text = exchange.work().body.decode()
            for cart in exchange.upstream.carts:
                text = text.replace(cart, cart.translate(str.maketrans("0123456789", "1234567890")))
            exchange.send(replace(exchange.reply, body=text.encode()))

        return Fault(play)


class Upstream:
    """Listens on a free port of this machine; `tls` is a server's SSL context with a certificate for `host`."""

    # What the service must never send: beginnings of header names.
    FORBIDDEN = ("cookie", "authorization", "vtexidclientautcookie", "x-forwarded-for", "forwarded")

    def __init__(self, tls=None, host="127.0.0.1"):
        self.tls, self.host, self.port = tls, host, free_ports(1)[0]
        self.url = f"{'https' if tls else 'http'}://{host}:{self.port}"
        self.carts, self.requests, self.next_faults, self.before = {}, [], [], None
        # What came against the rules, as text; tests expect it to stay empty.
        self.forbidden = []
        # Held while a request reads or changes carts; `before` runs without it.
        self.lock = threading.RLock()
        self.connections, self._open = 0, set()
        self._fault, self._released, self._server = None, threading.Event(), None
        self.resume()

    @property
    def fault(self):
        """What befalls each request from now on, or a function that tells it of a request. Setting it ends what waits in another."""
        return self._fault

    @fault.setter
    def fault(self, fault):
        self._fault = fault
        # Who waits has kept the event that is set here.
        self._released.set()
        self._released = threading.Event()

    def clear(self):
        """All is normal again; what was noted stays."""
        self.next_faults, self.before, self.fault = [], None, None

    def answer(self, request):
        """The normal work, to be overridden."""
        return Reply(404, NOT_FOUND_PAGE, HTML)

    def note(self, request):
        self.requests.append(request)
        for name in request.headers.keys():
            if name.lower().startswith(self.FORBIDDEN):
                self.forbidden.append(f"{request.method} {request.path} with header {name}")

    def fault_of(self, request):
        """None in `next_faults` leaves one request be."""
        with self.lock:
            fault = self.next_faults.pop(0) if self.next_faults else self._fault
        return fault if isinstance(fault, Fault) or not fault else fault(request)

    def pause(self):
        """Nothing listens on the port any more, and what is open is cut."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        # Else what waits would wait on.
        self.fault = self._fault
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    close = pause

    def resume(self):
        self._server = _Server(("127.0.0.1", self.port), _Exchange)
        self._server.upstream = self
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()


class _Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 256

    def get_request(self):
        connection, address = super().get_request()
        if self.upstream.tls:
            # The handshake comes with the first read, in the connection's own thread.
            connection = self.upstream.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self.upstream.connections += 1
        self.upstream._open.add(connection)
        return connection, (self.upstream.connections, *address)

    def shutdown_request(self, connection):
        self.upstream._open.discard(connection)
        super().shutdown_request(connection)

    def handle_error(self, request, client_address):
        # A client that leaves is nothing to tell of.
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Exchange(BaseHTTPRequestHandler):
    """A connection with the request that it is at."""

    protocol_version = "HTTP/1.1"
    # Else head and body are two packets, and the second waits for the first one's receipt.
    disable_nagle_algorithm, wbufsize = True, -1

    def _serve(self):
        self.upstream, self.reply = self.server.upstream, None
        target = urlsplit(self.path)
        query = dict(parse_qsl(target.query, keep_blank_values=True))
        self.asked = Request(self.command, target.path, query, self.headers, self._body(), self.client_address[0])
        # Set once the fault is cleared.
        self.released = self.upstream._released
        self.upstream.note(self.asked)
        fault = self.upstream.fault_of(self.asked)
        if not fault or fault.has_effect:
            self.work()
        if not fault:
            return self.send(self.reply)
        # Whatever doesn't end in a whole answer ends the connection.
        self.close_connection = True
        fault.play(self)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

    def _body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def work(self):
        """The true answer; its work is done once."""
        if not self.reply:
            if self.upstream.before:
                self.upstream.before(self.asked)
            with self.upstream.lock:
                self.reply = self.upstream.answer(self.asked)
        return self.reply

    def head(self, status, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def write(self, piece, chunked=False):
        self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        self.wfile.flush()
        self.asked.sent += len(piece)

    def send(self, reply):
        # `Connection: close` of the request still holds.
        self.close_connection = self.headers.get("Connection", "").lower() == "close"
        sized = {} if reply.status == 204 else {"Content-Type": reply.type, "Content-Length": str(len(reply.body))}
        self.head(reply.status, sized | reply.headers)
        self.write(reply.body)

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # Past all that would say goodbye first.
        os.close(self.connection.detach())

    def log_message(self, *_):
        pass
