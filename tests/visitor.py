"""A visitor with a browser's habits: follows nothing by itself, sends tokens with its forms."""

import re
from collections.abc import Mapping

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PASSWORD
from trialsim.accounts.models import Person

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """Wraps Flask's test client."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self._token = ""

    def signs_in(self, person: Person, password: str = PASSWORD) -> "Visitor":
        """Sign in through the page."""
        response = self.post("/sign-in", {"email": person.email, "password": password})
        assert response.status_code == 303, response.get_data(as_text=True)
        self._token = ""
        return self

    def reopens_page(self) -> None:
        """Take the token of a fresh page for the next form."""
        self._token = ""

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, headers=headers)

    def post(self, path: str, fields: Mapping[str, object] | None = None) -> TestResponse:
        """Send a form, with the token of a page seen before."""
        return self.client.post(path, data={"csrf_token": self.token(), **(fields or {})})

    def token(self) -> str:
        """Return the token of a page, asked for once."""
        if not self._token:
            page = self.client.get("/account")
            if page.status_code != 200:
                page = self.client.get("/sign-in")
            found = _TOKEN.search(page.get_data(as_text=True))
            assert found is not None
            self._token = found.group(1)
        return self._token
