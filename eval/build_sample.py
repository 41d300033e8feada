"""Render the sample corpus: `python -m eval.build_sample`.

Reads `eval/sample/source/<slug>.md` (YAML front matter, then Markdown) and writes
`eval/sample/documents/<slug>.<format>`, the same bytes on every run. The PDFs and the letters repeat
the layout that makes real press releases hard for a program: an address block in the middle of a sentence.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from eval.corpus.pdf import render_pdf
from eval.corpus.sources import FORMATS, SAMPLE, SampleError, Source, read_sources
from eval.corpus.texts import render_html, render_markdown, render_plain


def render(source: Source, sources: Mapping[str, Source]) -> bytes:
    """The bytes of one document in the format its front matter asks for."""
    match source.meta["format"]:
        case "pdf":
            return render_pdf(source)
        case "html":
            return render_html(source, sources).encode()
        case "txt":
            return render_plain(source).encode()
        case _:
            return render_markdown(source).encode()


def build(folder: Path = SAMPLE) -> list[Path]:
    """Render every source of a folder, remove what has no source any more, return the paths written."""
    sources = read_sources(folder / "source")
    documents = folder / "documents"
    documents.mkdir(exist_ok=True)
    written = []
    for source in sources.values():
        path = documents / source.filename
        path.write_bytes(render(source, sources))
        written.append(path)
    for stale in set(documents.iterdir()) - set(written):
        stale.unlink()
    return written


def main() -> int:
    """Build the sample corpus and say how many documents of each format it holds."""
    try:
        written = build()
    except SampleError as error:
        print(error, file=sys.stderr)
        return 1
    counts = {name: sum(path.suffix == f".{name}" for path in written) for name in FORMATS}
    print(f"{len(written)} documents:", ", ".join(f"{count} {name}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
