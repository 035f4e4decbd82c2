# SPDX-License-Identifier: Apache-2.0
"""A shop's own page that embeds the share dialog: another origin than the service's, under a policy that allows only what is needed."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAMES = {"company-user:cu-bert": "Bert Brown", "company-user:cu-carl": "Carla Klein", "company-user:cu-odd": "<img src=x> Odd"}

_PAGE = """<!doctype html>
<html lang="{language}">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>The shop</title>
<main><h1>Your cart</h1>{element}</main>
<script type="module" src="{service}/assets/cart-share.js"></script>
<script type="module" src="/shop.js?logins={logins}"></script>
</html>
"""

# What a shop writes: a login, names, and whatever it does with events. `logins` are used up one by one, the last one stays.
_SCRIPT = """
const logins = {logins}, names = {names};
const share = document.querySelector("cart-share");
window.asked = [];
window.told = [];
share.login = async ({{ renew }}) => {{
  asked.push(renew);
  const login = logins.length > 1 ? logins.shift() : logins[0];
  if (!login) throw new Error("nobody is logged in");
  return login;
}};
share.nameFor = async (id) => names[id];
for (const name of ["created", "changed", "revoked", "closed"]) {{
  document.addEventListener(`cart-share-${{name}}`, (event) => told.push({{ name, detail: event.detail }}));
}}
document.body.dataset.ready = "";
"""


class Storefront:
    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        # What is served by its path: pages each with its Content-Security-Policy.
        self.pages, self.scripts = {}, {}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, cart_id, logins, service, attributes="", language="en", inner=""):
        """Makes a page for one customer and gives its address; `service` is where the script comes from."""
        number = len(self.pages)
        element = f'<cart-share cart-id="{cart_id}" {attributes}>{inner}</cart-share>'
        page = _PAGE.format(language=language, element=element, service=service, logins=number)
        # The service named by an attribute has to be allowed, too: loopback stands for any of them.
        policy = f"default-src 'none'; script-src 'self' {service}; connect-src http://127.0.0.1:*; base-uri 'none'; form-action 'none'"
        self.pages[f"/cart/{number}"] = page, policy
        self.scripts[f"/shop.js?logins={number}"] = _SCRIPT.format(logins=json.dumps(logins), names=json.dumps(NAMES))
        return f"{self.url}/cart/{number}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def _handler(store):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path in store.pages:
                page, policy = store.pages[self.path]
                self._answer(page, "text/html", {"Content-Security-Policy": policy})
            elif self.path in store.scripts:
                self._answer(store.scripts[self.path], "text/javascript")
            else:
                self.send_error(404)

        def _answer(self, text, kind, headers=None):
            data = text.encode()
            self.send_response(200)
            for name, value in {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(data)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *arguments):
            pass

    return Handler
