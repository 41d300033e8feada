import pytest

from prompts import TemplateError, names, placeholders, render

NAMES = names("de")


def test_every_template_exists_in_both_languages():
    assert names("en") == NAMES
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_same_placeholders_in_both_languages(name):
    assert placeholders(name, "de") == placeholders(name, "en")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_template_renders(name, language):
    values = {field: f"<{field}>" for field in placeholders(name, language)}
    text = render(name, language, **values)
    assert text.strip()
    assert all(value in text for value in values.values())
    assert "{" not in text


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_surplus_value_raises_with_its_name(name, language):
    values = dict.fromkeys(placeholders(name, language), "x")
    with pytest.raises(TemplateError, match="zuviel"):
        render(name, language, **values, zuviel="x")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", [name for name in NAMES if placeholders(name)])
def test_a_missing_value_raises_with_its_name(name, language):
    fields = sorted(placeholders(name, language))
    with pytest.raises(TemplateError, match=fields[0]):
        render(name, language, **dict.fromkeys(fields[1:], "x"))


def test_an_unknown_template_raises_with_its_name():
    with pytest.raises(TemplateError, match="gibtesnicht"):
        render("gibtesnicht", "de")


def test_placeholders_have_names():
    """No `{}` and no `{0}`: a template names what it needs."""
    for name in NAMES:
        assert all(field.isidentifier() for field in placeholders(name)), name


@pytest.mark.parametrize(
    ("name", "values", "text"),
    [
        (
            "refusal",
            {"documents": 12, "state": "22.07.2022"},
            "Dazu steht in den 12 Dokumenten (Stand 22.07.2022) nichts.",
        ),
        ("value", {"value": "28 Kommunen", "date": "22.07.2022"}, "28 Kommunen (Stand 22.07.2022)"),
        ("not_named", {}, "Wer unterzeichnet hat, ist nicht genannt."),
    ],
)
def test_wording(name, values, text):
    assert render(name, "de", **values) == text


def test_values_are_not_templates():
    assert render("value", "de", value="{date} {x}", date="1") == "{date} {x} (Stand 1)"
