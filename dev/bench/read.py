"""Run readers in a process of their own: CONFIGURATION DATABASE; job and answers are JSON.

Run by dev/bench.py inside Odoo's Python. The job: ``readers`` by name, ``as_of``, ``rounds`` and
the ``facts`` of the ledger. Each reader runs once before the rounds, the first one to measure its
memory. In the rounds they alternate, so that other load on the machine affects all of them.
"""

import gc
import json
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from process import environment

STATUS = Path("/proc/self/status")


def resident(name):
    """A memory figure of this process from the kernel, in MB."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def forget_peak():
    """Reset the kernel's high-water mark, so that loading Odoo does not count."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    return resident("VmRSS")


def answer(env, reader):
    env.invalidate_all()
    started = time.perf_counter()
    result = reader.read()
    return time.perf_counter() - started, result


def rounded(figures):
    """Round to the cent, since some readers add floats, others decimals."""
    return {
        name: [round(float(number), 2) for number in value]
        if isinstance(value, list)
        else round(float(value), 2)
        for name, value in figures.items()
    }


def ask(env, job):
    from readers import READERS  # it imports the addon, which Odoo finds only by now

    facts = job["facts"] | {"today": date.fromisoformat(job["facts"]["today"])}
    as_of = date.fromisoformat(job["as_of"])
    readers = {name: READERS[name](env, as_of, facts) for name in job["readers"]}
    env.flush_all()
    before = forget_peak()
    figures = {}
    memory = None
    for name, reader in readers.items():
        _seconds, result = answer(env, reader)
        memory = resident("VmHWM") - before if memory is None else memory
        figures[name] = rounded(reader.figures(result))
        del result
    seconds = {name: [] for name in readers}
    for _round in range(job["rounds"]):
        for name, reader in readers.items():
            gc.collect()
            seconds[name].append(answer(env, reader)[0])
    medians = {name: statistics.median(values) for name, values in seconds.items() if values}
    return {"memory": memory, "seconds": medians, "figures": figures}


def main():
    configuration, database = sys.argv[1:]
    job = json.load(sys.stdin)
    with environment(configuration, database, job["facts"]["company"]) as env:
        print(json.dumps(ask(env, job)))


main()
