"""Pages under a strict content policy: nothing inline, nothing from elsewhere, nothing unused."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)|\sstyle=|<style|\son[a-z]+=["']|javascript:""", re.IGNORECASE
)
OUTSIDE = re.compile(r"""(?:src|href)=["']https?://""", re.IGNORECASE)


def test_no_template_holds_inline_script_or_style() -> None:
    found = [str(path.relative_to(ROOT)) for path in TEMPLATES if INLINE.search(path.read_text())]

    assert found == []


def test_no_template_loads_anything_from_another_site() -> None:
    found = [str(path.relative_to(ROOT)) for path in TEMPLATES if OUTSIDE.search(path.read_text())]

    assert found == []


def test_every_template_is_used() -> None:
    texts = [path.read_text() for path in TEMPLATES]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "trialsim").rglob("*.py")]
    everything = "\n".join(texts)
    unused = [
        name
        for path in TEMPLATES
        if (name := path.relative_to(ROOT / "templates").as_posix()) not in everything
        and f'"{path.stem.lstrip("_")}"' not in everything  # mails and parts named by their stem
        and not name.startswith("errors/")  # named by their status
    ]

    assert unused == []
