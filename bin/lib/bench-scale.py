"""Simulates a day of a large controller from what single builds cost: bench-scale.py AGENTS BUILDS ROWS.

Builds come at random times, most of them in working hours, and take random times. Each takes one executor of an agent,
and waits while all are busy. Prints a table, and appends a line of JSON for each row to the file ROWS.
"""

import heapq
import json
import random
import statistics
import sys

DAY = 24 * 3600
# How many times the mean of the day, for each hour: the busiest hours have four times the mean.
HOURS = [0.15] * 7 + [0.4, 1.2, 2.5, 4.0, 3.2, 1.6, 2.2, 3.0, 2.4, 1.2, 0.5] + [0.15] * 6
# Seconds; half of all builds take less, one in six more than 2.7 times as long. The mean is 10 minutes.
MEDIAN, SIGMA = 364, 1.0
# Measured for one build: processor seconds of the whole controller, bytes and files on disk, bytes of heap a line of
# log, calls to the agent.
PROCESSOR, DISK, FILES, HEAP, CALLS = 0.257, 1600 + 3600 + 2100, 3 + 2, 0.13, 22
LINES = 2000


def day(agents, builds, chance):
    """One day: the most builds that run, and that wait, the longest wait, and the most that start in a minute."""
    starts = sorted(hour * 3600 + chance.random() * 3600 for hour in chance.choices(range(24), HOURS, k=builds))
    free, running, ends, waits = [0.0] * agents, 0, [], []
    events = []
    for arrival in starts:
        start = max(arrival, heapq.heappop(free))
        end = start + chance.lognormvariate(0, SIGMA) * MEDIAN
        heapq.heappush(free, end)
        waits.append(start - arrival)
        # At the same time, what ends comes first.
        events += [(start, 1, 0), (end, -1, 0)]
        if start > arrival:
            events += [(arrival, 0, 1), (start, 0, -1)]
    waiting, most_waiting, most_running = 0, 0, 0
    for _, ran, queued in sorted(events):
        waiting += queued
        running += ran
        most_waiting, most_running = max(most_waiting, waiting), max(most_running, running)
    minutes = [0] * (DAY // 60)
    for start in starts:
        minutes[int(start) // 60] += 1
    return most_running, most_waiting, max(waits), max(minutes)


def main():
    agents, builds = int(sys.argv[1]), int(sys.argv[2])
    days = [day(agents, builds, random.Random(seed)) for seed in range(9)]
    running, waiting, wait, minute = (statistics.median(column) for column in zip(*days))
    rows = [
        ("builds that run at once, at most", running, "of %d executors" % agents),
        ("builds that wait at once, at most", waiting, "builds"),
        ("the longest wait for an executor", round(wait), "s"),
        ("builds that start in one minute, at most", minute, "builds"),
        ("processors of the controller in that minute", round(minute * PROCESSOR / 60, 3), "processors"),
        ("calls to agents in that minute", round(minute * CALLS / 60, 1), "a second"),
        ("heap for the logs of all that run, %d lines each" % LINES, round(running * LINES * HEAP / 1e6, 2), "MB"),
        ("disk in a year, without log rotation", round(builds * DISK * 365 / 1e9, 1), "GB"),
        ("files in a year, without log rotation", round(builds * FILES * 365 / 1e6, 1), "million"),
    ]
    with open(sys.argv[3], "a", encoding="utf-8") as out:
        for text, value, unit in rows:
            text = "%d agents, %d builds a day: %s" % (agents, builds, text)
            print("%-84s %s %s" % (text, value, unit))
            out.write(json.dumps({"row": text, "value": value, "unit": unit}) + "\n")


if __name__ == "__main__":
    main()
