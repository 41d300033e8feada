"""What makes a PDF readable aloud: its headings, paragraphs, quotes and lists as a tree of tags.

reportlab draws, but knows no tags. Each element notes where its parts were drawn; at the end the notes become the
tree that PDF 1.7 (chapter 14.7) describes. Whatever belongs to no element is marked as an artifact, which is not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference
from reportlab.pdfgen.canvas import Canvas


@dataclass(slots=True)
class Element:
    """A tag, the elements in it, and where its own text was drawn: page (from 1) and number of the part on it."""

    role: str
    children: list[Element] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)

    def add(self, role: str) -> Element:
        """A new element at the end of this one."""
        child = Element(role)
        self.children.append(child)
        return child


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that marks what it draws and writes the tree of `root` into the file."""

    root: Element

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._parts: Counter[int] = Counter()
        self.setViewerPreference("DisplayDocTitle", "true")

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to `element`."""
        page = self.getPageNumber()
        number = self._parts[page]
        self._parts[page] += 1
        element.parts.append((page, number))
        self._code.append(f"/{element.role} <</MCID {number}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def save(self) -> None:
        """Write the file, with its tree."""
        if self._code:
            self.showPage()
        self._write_tree()
        super().save()

    def _write_tree(self) -> None:
        document = self._doc
        for number, page in enumerate(document.Pages.pages):
            # The page class knows a fixed list of entries; these two are what tags need.
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, PDFName("S")
        tree = _Tree(document)
        document.Catalog.StructTreeRoot = tree.written(self.root)
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


class _Tree:
    """Writes elements as objects of a document and keeps who owns which part of a page."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._owners: dict[int, dict[int, Any]] = {}

    def written(self, root: Element) -> PDFDictionary:
        entry = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        reference = self._document.Reference(entry, "tags")
        entry["K"] = PDFArray([self._element(root, reference, "tag")])
        numbers: list[Any] = []
        for page in sorted(self._owners):
            owners = self._owners[page]
            numbers += [page - 1, PDFArray([owners[number] for number in sorted(owners)])]
        entry["ParentTree"] = PDFDictionary({"Nums": PDFArray(numbers)})
        entry["ParentTreeNextKey"] = len(self._document.Pages.pages)
        return entry

    def _element(self, element: Element, parent: Any, name: str) -> Any:
        entry = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.role), "P": parent})
        reference = self._document.Reference(entry, name)
        kids: list[Any] = []
        for page, number in element.parts:
            self._owners.setdefault(page, {})[number] = reference
            place = {"Type": PDFName("MCR"), "Pg": PDFObjectReference(f"Page{page}"), "MCID": number}
            kids.append(PDFDictionary(place))
        kids += [self._element(child, reference, f"{name}.{at}") for at, child in enumerate(element.children)]
        entry["K"] = PDFArray(kids)
        return reference
