"""Markdown, plain text, letters and web pages of the sample corpus."""

import html
import re
from collections.abc import Mapping, Sequence
from string import Template

import yaml

from eval.corpus.sources import (
    ADDRESS,
    ADDRESS_MARK,
    CONTACT,
    NOTE,
    PUBLIC_KEYS,
    REQUIRED_KEYS,
    SAMPLE,
    SECTIONS,
    Block,
    Source,
    german_date,
    parse_blocks,
)


def render_markdown(source: Source) -> str:
    """Front matter with the public keys, the title as a heading, the text as it is."""
    return f"{front_matter(source)}\n# {source.meta['title']}\n\n{source.text}\n"


def render_plain(source: Source) -> str:
    """A letter where the layout asks for one, otherwise front matter and text without markers."""
    if source.meta.get("layout") == "letter":
        return render_letter(source)
    text = re.sub(r"^## ", "", source.text, flags=re.MULTILINE)
    return f"{front_matter(source)}\n{source.meta['title']}\n\n{text}\n"


def front_matter(source: Source) -> str:
    """The public keys in a fixed order, between lines of `---`."""
    public = {key: source.meta[key] for key in PUBLIC_KEYS if key in source.meta}
    return f"---\n{yaml.safe_dump(public, allow_unicode=True, sort_keys=False, width=1000)}---\n"


def render_letter(source: Source) -> str:
    """A release as text from a PDF reads: the address block of page one tears a sentence."""
    head = ["", "Medieninformation", "", source.meta["publisher"], "", *CONTACT, ""]
    dated = [german_date(source.meta["date"]), ""] if "date" in source.meta else []
    address = "\n".join(("", "", *ADDRESS, "", ""))
    body = re.sub(rf"\s*{re.escape(ADDRESS_MARK)}\s*", lambda _: address, source.body)
    return "\n".join([*head, *dated, source.meta["title"], "", body, "", source.origin, "", NOTE, ""])


def render_html(source: Source, sources: Mapping[str, Source]) -> str:
    """A whole web page: navigation, cookie notice, article, related links and footer around the text."""
    template = Template((SAMPLE / "templates" / "page.html").read_text(encoding="utf-8"))
    fields = {key: html.escape(str(source.meta[key])) for key in REQUIRED_KEYS}
    return template.substitute(
        fields,
        section=SECTIONS.get(source.meta["kind"], "Themen"),
        body="\n".join(html_block(block) for block in parse_blocks(source.text)),
        related="\n".join(related_link(sources[slug]) for slug in source.meta.get("related", ())),
        **published(source.meta.get("date", "")),
    )


def published(date: str) -> dict[str, str]:
    """The date for machines and for readers, or two empty fields."""
    if not date:
        return {"published_meta": "", "published_line": ""}
    return {
        "published_meta": f'<meta property="article:published_time" content="{date}">\n',
        "published_line": f'<p><time datetime="{date}">{german_date(date)}</time></p>\n',
    }


def related_link(source: Source) -> str:
    """A list item that leads to another document of the corpus."""
    return f'<li><a href="{source.filename}">{html.escape(source.meta["title"])}</a></li>'


def html_block(block: Block) -> str:
    """One block as HTML."""
    lines = [html.escape(line, quote=False) for line in block.lines]
    if block.kind == "table":
        return html_table(lines)
    if block.kind == "list":
        return "\n".join(["<ul>", *(f"<li>{line}</li>" for line in lines), "</ul>"])
    tag = "h2" if block.kind == "heading" else "p"
    return f"<{tag}>{lines[0]}</{tag}>"


def html_table(lines: Sequence[str]) -> str:
    """A pipe table as HTML; its second line only separates the head from the rows."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[2:]]
    return "\n".join(["<table>", f"<thead><tr>{head}</tr></thead>", "<tbody>", *body, "</tbody>", "</table>"])
