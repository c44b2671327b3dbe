"""A client of a running Odoo, as the web client talks to it."""

import http.cookiejar
import itertools
import json
import urllib.request

from .errors import SetupError


class Refused(SetupError):
    """Odoo answered with an error; `kind` is the full name of the exception."""

    def __init__(self, path, error):
        self.kind = error["data"]["name"]
        self.message = error["data"]["message"]
        super().__init__(f"{path}: {self.message}")


class Client:
    """One logged-in browser, as far as the server can tell."""

    def __init__(self, address):
        self.address = address
        self._ids = itertools.count(1)
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, path):
        with self._opener.open(self.address + path, timeout=120) as answer:
            return answer.read()

    def rpc(self, path, **params):
        request = urllib.request.Request(
            self.address + path,
            json.dumps(
                {"jsonrpc": "2.0", "method": "call", "id": next(self._ids), "params": params}
            ).encode(),
            {"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=120) as stream:
            answer = json.load(stream)
        if "error" in answer:
            raise Refused(path, answer["error"])
        return answer.get("result")  # none where the method returned nothing

    def call(self, model, method, *args, **kwargs):
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self.rpc(path, model=model, method=method, args=args, kwargs=kwargs)

    def log_in(self, database, login, password):
        """:return: what Odoo tells the web client about the user"""
        return self.rpc("/web/session/authenticate", db=database, login=login, password=password)
