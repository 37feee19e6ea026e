"""The live page of all components in all states; only in development."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from trialsim.web.charts.examples import examples
from trialsim.web.guards import open_to_all

blueprint = Blueprint("styleguide", __name__)


@blueprint.get("/style-guide")
@open_to_all
def show() -> ResponseReturnValue:
    """Show every component."""
    return render_template("styleguide/index.html", charts=examples())
