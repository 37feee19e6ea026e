"""Taking everything with you."""

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.session import session
from trialsim.workflows.export.archive import make_archive

blueprint = Blueprint("export", __name__)


@blueprint.post("/account/export")
@signed_in
def download() -> ResponseReturnValue:
    """Answer with everything held about whoever asks, in one archive; the journal notes it."""
    person = current_person()
    made = make_archive(session, person, now())
    name = f"trialsim-{now():%Y-%m-%d}.zip"
    return send_file(made, mimetype="application/zip", as_attachment=True, download_name=name)
