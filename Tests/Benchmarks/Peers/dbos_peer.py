"""DBOS Transact: workflows of three steps that do nothing, in threads and in coroutines, at several concurrencies."""

import asyncio
import logging
from importlib.metadata import version

from dbos import DBOS
from peer import Database, options, speed, spread, tell

THREADS = [1, 4, 16, 64]
COROUTINES = [1, 16, 64]


@DBOS.step()
def step(number: int) -> int:
    return number


@DBOS.workflow()
def three_steps(number: int) -> int:
    return step(1) + step(1) + step(1)


@DBOS.step()
async def step_async(number: int) -> int:
    return number


@DBOS.workflow()
async def three_steps_async(number: int) -> int:
    return await step_async(1) + await step_async(1) + await step_async(1)


def in_threads(count, threads):
    def one(number):
        assert three_steps(number) == 3

    return speed(count, lambda: spread(count, threads, one))


async def in_coroutines(count, concurrency):
    gate = asyncio.Semaphore(concurrency)

    async def one(number):
        async with gate:
            assert await three_steps_async(number) == 3

    await asyncio.gather(*(one(number) for number in range(count)))


def measured(chosen, way):
    database = Database(chosen)
    DBOS(config={"name": "peer", "system_database_url": database.url, "log_level": "ERROR"})
    DBOS.launch()
    try:
        return way()
    finally:
        DBOS.destroy()
        database.remove()


def main():
    logging.disable(logging.WARNING)
    chosen = options()
    count = 60 if chosen.quick else 400
    speeds = {}
    for threads in THREADS:
        speeds[f"{threads} threads"] = measured(chosen, lambda: in_threads(count, threads))
    for concurrency in COROUTINES:
        speeds[f"{concurrency} coroutines"] = measured(
            chosen, lambda: speed(count, lambda: asyncio.run(in_coroutines(count, concurrency)))
        )
    tell(f"{chosen.database}/dbos/three-steps", f"dbos {version('dbos')}", speeds)


main()
