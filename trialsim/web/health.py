"""Two questions for machines: does the process live, and can it serve?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from trialsim.web.guards import open_to_all
from trialsim.web.session import engine

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
@open_to_all
def livez() -> ResponseReturnValue:
    """Answer as long as the process runs."""
    return jsonify(status="alive")


@blueprint.get("/healthz")
@open_to_all
def healthz() -> ResponseReturnValue:
    """Answer 200 when the database does, else 503."""
    try:
        with engine().connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="database does not answer"), 503
    return jsonify(status="ok")
