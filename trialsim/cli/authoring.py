"""`trialsim scenarios new`: a scenario, or a whole small pack, to start from."""

from pathlib import Path

import click

from trialsim.workflows.authoring import new_scenario

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(epilog="Example: trialsim scenarios new lost-parcel --pack my-packs/quillbox")
@click.argument("scenario")
@click.option(
    "--pack", "folder", type=_FOLDER, required=True, help="The pack's folder; may be new."
)
def new(scenario: str, folder: Path) -> None:
    """Write SCENARIO with a remark on every line, ready to be changed.

    In a folder that is new, a whole small pack is written around it. Nothing there is touched.
    """
    written = new_scenario(scenario, folder)
    for path in written:
        click.echo(f"Written: {path}")
    click.echo(
        f"\nNext: change {written[-1]}, then\n"
        f"  trialsim scenarios check {folder}\n"
        f"  trialsim scenarios play {scenario} --seed 3 --pack {folder} --why"
    )
