"""Yes or no from single sentences of an invented town: both polarities, scope of negation, limits, modal verbs.

What a sentence does not decide stays open: None.
"""

from __future__ import annotations

from datetime import date

import pytest
from support.documents import read

from app.answering.candidates import Candidate
from app.answering.question import understand
from app.answering.sentences import document_sentences
from app.answering.truth import judge
from app.answering.verdict import Verdict

TODAY = date(2031, 5, 20)
YES, NO, OPEN = True, False, None


def verdict(told: str, question: str, title: str = "Merkblatt der Stadt Kringelfurt", day: date = TODAY) -> bool | None:
    document = read(f"---\ntitle: {title}\ndate: 2031-02-01\n---\n\n# {title}\n\n{told}\n", "merkblatt.md")
    pool = [Candidate(sentence, 1.0, 1.0, (), 1.0) for sentence in document_sentences(document)]
    found = judge(understand(question), pool, day)
    return found.main.yes if isinstance(found, Verdict) else None


MATTERS = [
    (
        "Bereits begonnene Maßnahmen werden nicht gefördert.",
        "Können wir mit dem Projekt vor dem Bescheid anfangen?",
        NO,
    ),
    (
        "Der vorzeitige Maßnahmenbeginn ist zulässig.",
        "Dürfen wir schon vorher mit der Maßnahme beginnen, bevor der Bescheid kommt?",
        YES,
    ),
    ("Ein vorzeitiger Maßnahmenbeginn ist nicht zulässig.", "Dürfen wir schon vor der Bewilligung starten?", NO),
    (
        "Mit der Maßnahme darf erst nach Zugang des Bescheides begonnen werden.",
        "Dürfen wir vor dem Bescheid loslegen?",
        NO,
    ),
    ("Der Beginn der Bauarbeiten verzögerte sich um zwei Monate.", "Dürfen wir vor dem Bescheid loslegen?", OPEN),
    ("Die Teilnahme am Lehrgang ist unentgeltlich.", "Kostet die Teilnahme am Lehrgang etwas?", NO),
    ("Die Teilnahme am Lehrgang ist unentgeltlich.", "Ist der Lehrgang kostenlos?", YES),
    ("Für den Lehrgang beträgt die Teilnahmegebühr 40 Euro.", "Ist der Lehrgang kostenlos?", NO),
    ("Für den Lehrgang beträgt die Teilnahmegebühr 40 Euro.", "Kostet der Lehrgang eine Gebühr?", YES),
    ("Der Imbiss ist kostenfrei.", "Kostet der Lehrgang eine Gebühr?", OPEN),
    ("Die Kosten des Lehrgangs übernimmt das Land.", "Müssen wir den Lehrgang selbst bezahlen?", NO),
    ("Ist der Lehrgang kostenlos?", "Ist der Lehrgang kostenlos?", OPEN),
    ("Die Beratung setzt eine Mitgliedschaft nicht voraus.", "Müssen wir für die Beratung Mitglied sein?", NO),
    ("Die Beratung setzt eine Mitgliedschaft voraus.", "Müssen wir für die Beratung Mitglied sein?", YES),
    ("Die Beratung setzt eine Mitgliedschaft voraus.", "Gibt es die Beratung auch ohne Mitgliedschaft?", NO),
    (
        "Die Beratung ist auch ohne Vereinbarung möglich.",
        "Gibt es die Beratung, wenn wir noch keine Vereinbarung haben?",
        YES,
    ),
    (
        "Die Beratung setzt eine Mitgliedschaft oder einen Ratsbeschluss voraus.",
        "Müssen wir für die Beratung Mitglied sein?",
        OPEN,
    ),
    ("Die Schulung setzt eine Mitgliedschaft voraus.", "Müssen wir für die Beratung Mitglied sein?", OPEN),
    (
        "Der Beschluss des Gemeinderates ist dem Antrag beizufügen.",
        "Braucht unser Antrag einen Beschluss des Gemeinderats?",
        YES,
    ),
    ("Ein Beschluss des Gemeinderates ist nicht erforderlich.", "Muss der Gemeinderat dem Antrag zustimmen?", NO),
    ("Der Beschluss des Gemeinderates fiel im Mai.", "Muss der Gemeinderat dem Antrag zustimmen?", OPEN),
    (
        "Der Eigenanteil kann durch Arbeitsleistungen erbracht werden.",
        "Dürfen wir den Eigenanteil mit Arbeitsstunden erbringen?",
        YES,
    ),
    (
        "Arbeitsleistungen werden nicht auf den Eigenanteil angerechnet.",
        "Können wir Arbeitsstunden auf den Eigenanteil anrechnen?",
        NO,
    ),
    (
        "Der Eigenanteil ist ausschließlich in Geld zu leisten; Personal zählt nicht.",
        "Können wir Personal als Eigenanteil einbringen?",
        NO,
    ),
    ("Ein Rechtsanspruch auf Förderung besteht nicht.", "Haben wir einen Anspruch auf die Förderung?", NO),
    (
        "Wer die Bedingungen erfüllt, hat einen Rechtsanspruch auf Förderung.",
        "Haben wir einen Anspruch auf die Förderung?",
        YES,
    ),
    (
        "Ein Anspruch auf Auskunft besteht nicht.",
        "Haben wir Anspruch auf Auskunft und Fördermittel für den Brunnen?",
        OPEN,
    ),
    ("Den Lehrgang gibt es nur hier.", "Gibt es den Lehrgang auch woanders?", NO),
    ("Die Rückmeldungen zum Lehrgang waren überwiegend positiv.", "Waren die Leute mit dem Lehrgang zufrieden?", YES),
    ("Die Bewertung des Lehrgangs fiel schlecht aus.", "Kam der Lehrgang gut an?", NO),
    ("Die Bewertung des Lehrgangs fiel nicht gut aus.", "Kam der Lehrgang gut an?", OPEN),
    ("Die Broschüre ist unverbindlich.", "Ist die Broschüre verbindlich?", NO),
    ("Anträge können per E-Mail eingereicht werden.", "Können wir den Antrag per Mail schicken?", YES),
    ("Anträge sind ausschließlich per Post einzureichen.", "Kann ich den Antrag online stellen?", NO),
    ("Ausgaben für Videotechnik sind nicht zuwendungsfähig.", "Zahlt das Land Überwachungskameras?", NO),
    ("Investive Ausgaben sind ausgeschlossen.", "Werden Fahrzeuge gefördert?", NO),
    ("Personalausgaben sind zuwendungsfähig.", "Wird eine Stelle gefördert?", YES),
    ("Personalausgaben sind zuwendungsfähig.", "Werden Fahrzeuge gefördert?", OPEN),
    ("Bewirtung wird nicht gefördert.", "Können wir Getränke und Essen abrechnen, zahlt das die Förderung?", NO),
    ("Vereine erhalten Geld nur über die Gemeinde.", "Kann ein Verein selbst Geld beantragen?", NO),
    ("Antragsberechtigt sind auch eingetragene Vereine.", "Kann ein Verein selbst Geld beantragen?", YES),
]
LIMITS = [
    ("Gemeinden müssen mindestens 4.000 Einwohner haben.", "Haben wir mit 2.500 Einwohnern eine Chance?", NO),
    ("Gemeinden müssen mindestens 4.000 Einwohner haben.", "Reichen 4.000 Einwohner für einen Antrag?", YES),
    ("Kringelfurt hat 4.000 Einwohner.", "Haben wir mit 2.500 Einwohnern eine Chance?", OPEN),
    (
        "Eine Zuwendung von weniger als 2.000 Euro wird nicht gewährt.",
        "Wir brauchen nur 1.200 Euro. Ist ein Antrag möglich?",
        NO,
    ),
    (
        "Eine Zuwendung von weniger als 2.000 Euro wird nicht gewährt.",
        "Wir brauchen 3.000 Euro. Ist ein Antrag möglich?",
        YES,
    ),
    ("Der Eigenanteil beträgt mindestens 5.000 Euro.", "Wir brauchen 3.000 Euro. Ist ein Antrag möglich?", OPEN),
    ("Die Zuwendung beträgt höchstens 9.000 Euro.", "Wir brauchen 12.000 Euro. Ist ein Antrag möglich?", OPEN),
]
DEADLINES = [
    (
        "Der Antrag wird vom 1. März bis zum 30. Juni gestellt.",
        "Können wir den Antrag noch stellen?",
        date(2031, 5, 20),
        YES,
    ),
    (
        "Der Antrag wird vom 1. März bis zum 30. Juni gestellt.",
        "Können wir den Antrag jetzt schon stellen?",
        date(2031, 2, 20),
        NO,
    ),
    (
        "Der Antrag wird vom 1. März bis zum 30. Juni gestellt.",
        "Sind wir mit dem Antrag schon zu spät?",
        date(2031, 7, 1),
        YES,
    ),
    (
        "Anträge müssen bis zum 30. Juni 2031 eingehen.",
        "Kann man den Antrag heute noch abgeben?",
        date(2031, 6, 30),
        YES,
    ),
    ("Anträge müssen bis zum 30. Juni 2031 eingehen.", "Kann man den Antrag heute noch abgeben?", date(2031, 7, 1), NO),
    (
        "Anträge müssen bis zum 30. Juni 2024 eingehen.",
        "Kann man den Antrag heute noch abgeben?",
        date(2031, 7, 1),
        OPEN,
    ),
    (
        "Der Nachweis ist bis zum 30. Juni 2031 einzureichen.",
        "Kann man den Antrag heute noch abgeben?",
        date(2031, 7, 1),
        OPEN,
    ),
    (
        "Der Antrag ist bis zum 31. Oktober des Vorjahres zu stellen.",
        "Nimmt das Amt heute noch Anträge für 2032 an?",
        date(2031, 11, 2),
        NO,
    ),
]
WORDS = [
    (
        "Die Stadt Kringelfurt hat einen Präventionsrat gegründet.",
        "Hat Kringelfurt einen Präventionsrat gegründet?",
        YES,
    ),
    (
        "Die Stadt Kringelfurt hat noch keinen Präventionsrat gegründet.",
        "Hat Kringelfurt einen Präventionsrat gegründet?",
        NO,
    ),
    (
        "Die Stadt Kringelfurt will einen Präventionsrat gründen.",
        "Hat Kringelfurt einen Präventionsrat gegründet?",
        OPEN,
    ),
    (
        "Die Stadt Kringelfurt hat nicht nur einen Präventionsrat gegründet.",
        "Hat Kringelfurt einen Präventionsrat gegründet?",
        YES,
    ),
    (
        "Kringelfurt hat einen Präventionsrat gegründet, aber keine Stelle besetzt.",
        "Hat Kringelfurt einen Präventionsrat gegründet?",
        OPEN,
    ),
    (
        "Wenn Kringelfurt einen Präventionsrat gegründet hat, folgt ein Fest.",
        "Hat Kringelfurt einen Präventionsrat gegründet?",
        OPEN,
    ),
    ("Die Befragung der Einwohner ist freiwillig.", "Muss jeder Einwohner an der Befragung teilnehmen?", OPEN),
    ("Die Teilnahme an der Befragung ist freiwillig.", "Ist die Teilnahme an der Befragung Pflicht?", NO),
    ("Die Teilnahme an der Befragung ist verpflichtend.", "Ist die Teilnahme an der Befragung Pflicht?", YES),
    (
        "Die Teilnahme an der Befragung ist nicht verpflichtend.",
        "Ist die Teilnahme an der Befragung verpflichtend?",
        NO,
    ),
    ("Hunde dürfen auf den Markt nicht mitgebracht werden.", "Dürfen Hunde auf den Markt mitgebracht werden?", NO),
    ("Hunde dürfen auf den Markt mitgebracht werden.", "Dürfen Hunde auf den Markt mitgebracht werden?", YES),
    (
        "Hunde dürfen nur an der Leine auf den Markt mitgebracht werden.",
        "Dürfen Hunde auf den Markt mitgebracht werden?",
        OPEN,
    ),
    ("Das Mitbringen von Hunden ist auf dem Markt verboten.", "Dürfen Hunde auf den Markt mitgebracht werden?", OPEN),
    ("Der Jahresbericht muss dem Rat vorgelegt werden.", "Muss der Jahresbericht dem Rat vorgelegt werden?", YES),
    ("Der Jahresbericht muss dem Rat nicht vorgelegt werden.", "Muss der Jahresbericht dem Rat vorgelegt werden?", NO),
    ("Der Jahresbericht kann dem Rat vorgelegt werden.", "Muss der Jahresbericht dem Rat vorgelegt werden?", OPEN),
    ("Stimmen zum Fest wurden gesammelt.", "Stimmt es, dass 40 Gäste zum Fest kamen?", OPEN),
    ("Zum Fest kamen 40 Gäste.", "Stimmt es, dass 40 Gäste zum Fest kamen?", YES),
    ("Zum Fest kamen 52 Gäste.", "Stimmt es, dass 40 Gäste zum Fest kamen?", NO),
    ("Zum Lauf kamen 52 Gäste.", "Stimmt es, dass 40 Gäste zum Fest kamen?", OPEN),
    ("Der Rat hat den Beitritt abgelehnt.", "Hat der Rat den Beitritt beschlossen?", NO),
    ("Die Vereinbarung gilt unbefristet.", "Gilt die Vereinbarung befristet?", NO),
    ("Die Sitzung des Rates war nichtöffentlich.", "War die Sitzung des Rates öffentlich?", NO),
    ("The council of Kringelfurt has hired a coordinator.", "Has the council of Kringelfurt hired a coordinator?", YES),
    (
        "The council of Kringelfurt has not hired a coordinator.",
        "Has the council of Kringelfurt hired a coordinator?",
        NO,
    ),
    ("The council of Kringelfurt plans a coordinator.", "Has the council of Kringelfurt hired a coordinator?", OPEN),
]
NO_CLAIM = [
    "Wann trat Kringelfurt bei?",
    "Können Sie mir sagen, wann das Fest war?",
    "Welche Städte sind dabei?",
    "fest kringelfurt wann",
    "Nenne die Mitglieder!",
    "Die Gäste des Festes",
    "Sind das 40 Gäste oder 50?",
]


@pytest.mark.parametrize(("told", "question", "expected"), MATTERS + LIMITS + WORDS)
def test_a_sentence_decides_or_leaves_open(told: str, question: str, expected: bool | None) -> None:
    assert verdict(told, question) is expected


@pytest.mark.parametrize(("told", "question", "day", "expected"), DEADLINES)
def test_the_day_of_the_question_counts(told: str, question: str, day: date, expected: bool | None) -> None:
    assert verdict(told, question, day=day) is expected


@pytest.mark.parametrize("question", NO_CLAIM)
def test_no_question_for_yes_or_no(question: str) -> None:
    assert verdict("Zum Fest in Kringelfurt kamen 40 Gäste.", question) is None
