"""Security headers on every answer, and who may store it."""

from flask import Flask, Response, abort, request

from trialsim.web.session import SAFE_METHODS

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def init_app(app: Flask, base_url: str) -> None:
    """Add the headers, and refuse unsafe requests that another site sent."""

    def check_origin() -> None:
        origin = request.headers.get("Origin")
        if request.method in SAFE_METHODS or origin is None:
            return
        if origin not in {base_url, request.host_url.rstrip("/")}:
            abort(400, "This form was sent from another site.")

    def add(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if base_url.startswith("https://"):
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    app.before_request(check_origin)
    app.after_request(add)
