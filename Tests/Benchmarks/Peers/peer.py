"""What the peers' programs share: options, databases of their own, best of several ways."""

import argparse
import json
import os
import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--url", default="")
    parser.add_argument("--database", choices=["sqlite", "postgres"], required=True)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


class Database:
    """An empty database: a file with a write-ahead log, or one of its own on a server."""

    def __init__(self, chosen):
        self.name = f"peers_{uuid.uuid4().hex[:12]}"
        self.server = chosen.url
        if chosen.database == "sqlite":
            self.path = os.path.abspath(os.path.join(chosen.folder, f"{self.name}.db"))
            # The log stays switched on for whoever opens the file; without it every commit would sync more often.
            with sqlite3.connect(self.path) as connection:
                connection.execute("pragma journal_mode = wal")
            connection.close()
            self.url = f"sqlite:///{self.path}"
        else:
            import psycopg

            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(f"create database {self.name}")
                info = connection.info
                self.host, self.port = info.host, info.port
                self.user, self.password = info.user, info.password
            self.url = self.server.rsplit("/", 1)[0] + "/" + self.name

    def remove(self):
        if self.server:
            import psycopg

            with psycopg.connect(self.server, autocommit=True) as connection:
                connection.execute(f"drop database {self.name} with (force)")
        else:
            for suffix in ("", "-wal", "-shm"):
                if os.path.exists(self.path + suffix):
                    os.remove(self.path + suffix)


def speed(count, work):
    """How many operations a second `work` does."""
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


def spread(count, threads, operation):
    """Performs operations by number, spread over threads."""
    if threads == 1:
        for number in range(count):
            operation(number)
        return
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for future in [pool.submit(operation, number) for number in range(count)]:
            future.result()


def tell(name, program, speeds):
    """Prints the best of several speeds, each by the way it was reached."""
    way, best = max(speeds.items(), key=lambda item: item[1])
    ways = ", ".join(f"{way}: {value:.0f} /s" for way, value in speeds.items())
    figure = {"program": f"{program}, {way}", "operationsPerSecond": round(best), "ways": ways}
    print(json.dumps({name: figure}), flush=True)
