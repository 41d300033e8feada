from dataclasses import replace

from support.documents import read

from app.answering.remembered import once, per_document

calls = []


class Thing:
    @once
    def worth(self) -> int:
        """What it is worth."""
        calls.append(self)
        return 7


def test_an_attribute_is_worked_out_once_for_each_object():
    calls.clear()
    first, second = Thing(), Thing()
    assert (first.worth, first.worth, second.worth) == (7, 7, 7)
    assert calls == [first, second]
    assert Thing.worth.__doc__ == "What it is worth."


def test_a_result_belongs_to_title_and_text_of_a_document():
    seen = []

    @per_document
    def length(document):
        """Its length."""
        seen.append(document.title)
        return len(document.text)

    document = read("Ein Titel\n\nDas ist der Text, um den es geht.\n")
    assert length(document) == length(replace(document, source="anders.txt")) == len(document.text)
    assert seen == [document.title]
    length(replace(document, title="Ein anderer Titel"))
    assert length(replace(document, text="kurz")) == 4
    assert len(seen) == 3
    assert length.__doc__ == "Its length."
