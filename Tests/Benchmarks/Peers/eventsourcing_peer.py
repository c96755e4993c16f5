"""The eventsourcing library: appends by many writers, and loading and changing an aggregate of 500 events."""

import os
from importlib.metadata import version
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import StoredEvent
from peer import Database, options, speed, spread, tell

WRITERS = 64
THREADS = [1, 8, WRITERS]
EVENTS = 500
AGGREGATES = 20
PAYLOAD = b"*" * 200


class Tally(Aggregate):
    def __init__(self):
        self.sum = 0

    @event("Counted")
    def count(self, number: int, note: str) -> None:
        self.sum += number


def application(chosen, database):
    if chosen.database == "sqlite":
        os.environ["PERSISTENCE_MODULE"] = "eventsourcing.sqlite"
        os.environ["SQLITE_DBNAME"] = database.path
        # So many writers stand in line longer than the five seconds that are usual.
        os.environ["SQLITE_LOCK_TIMEOUT"] = "120"
    else:
        os.environ["PERSISTENCE_MODULE"] = "eventsourcing.postgres"
        os.environ["POSTGRES_DBNAME"] = database.name
        os.environ["POSTGRES_HOST"] = database.host
        os.environ["POSTGRES_PORT"] = str(database.port)
        os.environ["POSTGRES_USER"] = database.user
        os.environ["POSTGRES_PASSWORD"] = database.password or "none"
        os.environ["POSTGRES_POOL_SIZE"] = "8"
    return Application()


def measured(chosen, way):
    database = Database(chosen)
    app = application(chosen, database)
    try:
        return way(app)
    finally:
        app.close()
        database.remove()


def appends(app, count, threads):
    """Appends at the recorder, the lowest level there is, each to the stream of one of 64 writers."""
    streams = [uuid4() for _ in range(WRITERS)]
    # The writer of a number is always the same, and so are the versions of its stream.
    def one(number):
        app.recorder.insert_events(
            [StoredEvent(streams[number % WRITERS], number // WRITERS + 1, "OrderNoted", PAYLOAD)]
        )

    return speed(count, lambda: spread(count, threads, one))


def loads(app, count):
    ids = []
    for _ in range(AGGREGATES):
        tally = Tally()
        for number in range(EVENTS - 1):
            tally.count(number, "n" * 80)
        app.save(tally)
        ids.append(tally.id)

    def one(number):
        tally = app.repository.get(ids[number % AGGREGATES])
        tally.count(1, "n" * 80)
        app.save(tally)

    return speed(count, lambda: spread(count, 1, one))


def main():
    chosen = options()
    program = f"eventsourcing {version('eventsourcing')}"
    count = 256 if chosen.quick else 2_048
    speeds = {f"{threads} threads": measured(chosen, lambda app: appends(app, count, threads)) for threads in THREADS}
    tell(f"{chosen.database}/eventsourcing/append", program, speeds)
    count = 20 if chosen.quick else 100
    speeds = {"1 thread": measured(chosen, lambda app: loads(app, count))}
    tell(f"{chosen.database}/eventsourcing/load-append", program, speeds)


main()
