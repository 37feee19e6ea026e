"""The application: everything comes together here, and nothing imports it but the edges."""

from datetime import timedelta

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from trialsim import features
from trialsim.accounts import signing_in
from trialsim.config import Settings, check
from trialsim.db import make_engine
from trialsim.installation.clock import clock_for, is_demo
from trialsim.kit.clock import Clock
from trialsim.paths import data_folder
from trialsim.web import assets, errors, headers, redirects, templating, uploads
from trialsim.web import session as database_session
from trialsim.workflows.demo import views as demo_doors

FORM_BYTES = 1024 * 1024
FORM_PARTS = 1000


def create_app(
    settings: Settings, *, engine: Engine | None = None, clock: Clock | None = None
) -> Flask:
    """Make the application from its settings; an engine or clock may be brought along.

    Raises:
        SettingsInvalid: when a setting cannot be used.
    """
    check(settings)
    app = Flask(
        "trialsim",
        template_folder=str(data_folder("templates")),
        static_folder=None,
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.body_bytes,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        SESSION_COOKIE_NAME="__Host-trialsim" if settings.secure_cookies else "trialsim",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
        TEMPLATES_AUTO_RELOAD=settings.development,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: pages stay open for hours
        WTF_CSRF_SSL_STRICT=False,  # the origin is checked for every unsafe request
    )
    database = engine or make_engine(settings.database_url)
    app.extensions["settings"] = settings
    app.extensions["clock"] = clock or clock_for(database)
    app.url_map.converters.update(
        pid=redirects.PublicId, token=redirects.Token, slug=redirects.Slug
    )
    uploads.init_app(app)
    headers.init_app(app, settings.base_url)
    database_session.init_app(app, database)
    CSRFProtect(app)
    signing_in.init_app(app, settings)
    assets.init_app(app, data_folder("static"))
    templating.init_app(app, frame=features.frame)
    errors.init_app(app)
    demo_doors.init_app(app, is_demo=is_demo(database))
    if settings.trusted_proxies:
        # Whoever stands in front says where a request came from; wrong passwords count by it.
        proxied = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's documented way
    features.register(app, development=settings.development)
    return app
