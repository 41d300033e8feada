"""Twenty people ask while a thousand documents come in: nobody sees an error, and nobody waits for the ingest."""

import http.client
import json
import random
import threading
import time

import pytest
from support.processes import call, serving

SUBJECTS = ("Streetwork am Bahnhof", "den Präventionsrat", "die Sicherheitsanalyse", "das Jugendzentrum")
QUESTIONS = (
    "Wann ist Torgau beigetreten?", "Wie viele Einwohner hat Lohsa?", "Was wird gefördert?", "Was ist ein KPR?",
    "Bis wann muss ein Antrag gestellt werden?", "Wie hoch ist der Eigenanteil?", "Wer war Modellkommune?",
)  # fmt: skip
ASKERS, DOCUMENTS = 20, 1000
PAUSE = 2.0  # seconds that a person takes on average before the next question
# What a person may wait, and some air for a machine that does something else as well.
P95_SECONDS = 0.3
AIR = 2.0


def letters(folder):
    folder.mkdir()
    for number in range(DOCUMENTS):
        rows = (
            f"Die Gemeinde Ort {number} hat {number * 37 + 900 + part} Einwohner. Der Rat beschloss Fördermittel von "
            f"{number * 1000 + part} Euro für {SUBJECTS[(number + part) % 4]}."
            for part in range(6)
        )
        head = f"Ort {number} berät über {SUBJECTS[number % 4]}\n\nMusterau, {number % 28 + 1}. März 2021\n\n"
        (folder / f"ort-{number}.txt").write_text(head + " ".join(rows) + "\n", encoding="utf-8")
    return folder


class Askers:
    """Twenty people with a connection each; what they waited, in seconds, and what went wrong."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._done = threading.Event()
        self.waited: list[float] = []
        self.errors: list[object] = []
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(ASKERS)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number):
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while not self._done.wait(chance.uniform(0, 2 * PAUSE)):
            body = json.dumps({"question": chance.choice(QUESTIONS)})
            began = time.perf_counter()
            try:
                connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                answer = json.loads(response.read())
                if response.status != 200 or not answer["short"]:
                    self.errors.append((response.status, answer))
            except Exception as error:
                self.errors.append(error)
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            self.waited.append(time.perf_counter() - began)

    def p95(self) -> float:
        """What 95 of a hundred did not wait longer than."""
        return sorted(self.waited)[int(len(self.waited) * 0.95)]


@pytest.mark.alone
@pytest.mark.slow
def test_twenty_askers_during_an_ingest(tmp_path, sample):
    data = tmp_path / "data"
    assert call(data, "ingest", sample).code == 0
    with serving(data) as (_, owner):
        port = int(owner.url.rstrip("/").rpartition(":")[2])
        with Askers(port) as warming:
            time.sleep(6)
        with Askers(port) as askers:
            report = call(data, "ingest", letters(tmp_path / "letters"), "--json")
    assert warming.errors == askers.errors == []
    assert len(report.json["added"]) == DOCUMENTS
    assert len(askers.waited) >= 60
    half = sorted(askers.waited)[len(askers.waited) // 2]
    print(f"{len(askers.waited)} answers beside {DOCUMENTS} documents in {report.seconds:.0f} s:")
    print(f"p50 {half * 1000:.0f} ms, p95 {askers.p95() * 1000:.0f} ms")
    assert askers.p95() <= P95_SECONDS * AIR
