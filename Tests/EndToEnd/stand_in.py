# SPDX-License-Identifier: Apache-2.0
"""A plain server that stands where a node would, and does what a test wants of a node."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class StandIn:
    """Answers every request with `status`; None breaks the connection off behind the request, unanswered."""

    def __init__(self, status=200, port=0):
        self.status, self.asked = status, []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Else head and body are two packets, and the second waits for the first one's receipt.
            disable_nagle_algorithm, wbufsize = True, -1

            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                stand_in.asked.append((self.command, self.path))
                status = stand_in.status(self) if callable(stand_in.status) else stand_in.status
                if status is None:
                    self.close_connection = True
                    return
                body = b'{"from":"a stand-in"}'
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                if status == 503:
                    self.send_header("Retry-After", "7")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, *_):
                pass

        ThreadingHTTPServer.request_queue_size = 128
        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)
