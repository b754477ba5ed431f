#!/usr/bin/env python3
"""The report's numbers by other code: Python's standard library alone, and nothing of the program's.

    python3 tests/report/oracle.py vectors > tests/headless/rules/analyse.jsonl

writes the test vectors of the item analysis, which `tests/headless/rules/analyse.rs` compares with `rules::analyse`.

    python3 tests/report/oracle.py report FILE.journal

reads a journal line by line (its checksums, its question file, its draw, its answers), grades and adds up, and prints a report's numbers as
JSON, which `tests/headless/report/oracle.rs` compares with the program's own report.

    python3 tests/report/oracle.py cells FILE.xlsx

prints every cell of a workbook as JSON, read from its XML.

Sums are exact fractions; where the program uses a closed form, this solves the equation that the form was made from.
"""

import json
import math
import sys
from fractions import Fraction as F
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


# ---------------------------------------------------------------- item analysis


def mean(values):
    return sum(values, F(0)) / len(values)


def covariance(xs, ys):
    if len(xs) < 2:
        return None
    # Not by deviations, as the program does it, but by the sum of products: exact, since these are fractions.
    n = len(xs)
    return (sum((x * y for x, y in zip(xs, ys)), F(0)) - sum(xs, F(0)) * sum(ys, F(0)) / n) / (n - 1)


def variance(xs):
    return covariance(xs, xs)


def root(fraction):
    return math.sqrt(fraction)


def solve(function, low, high):
    """Where a function that changes its sign between two points is nothing, by halving."""
    rising = function(high) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if (function(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def estimate(value, interval, n):
    return None if value is None else {"value": float(value), "interval": interval, "n": n}


def wilson(shares):
    """The p for which the share found is just 1.96 of p's own standard errors away (Wilson 1927)."""
    if not shares:
        return None
    n, found = len(shares), float(mean(shares))

    def apart(p):
        return (found - p) ** 2 * n - Z * Z * p * (1 - p)

    low = 0.0 if found <= 0 else solve(apart, 0.0, found)
    high = 1.0 if found >= 1 else solve(apart, found, 1.0)
    return estimate(found, [low, high], n)


def correlation(xs, ys, scale=1.0):
    """Pearson; the interval solves Fisher's transformation (1921) for both ends."""
    if len(xs) < 2:
        return None
    vx, vy = variance(xs), variance(ys)
    if vx == 0 or vy == 0:
        return None
    c = covariance(xs, ys)
    square = c * c / (vx * vy)
    r = math.copysign(1.0 if square == 1 else root(square), c)
    interval = None
    if len(xs) > 3:
        reach = Z / math.sqrt(len(xs) - 3)
        if abs(r) == 1.0:
            interval = [r * scale, r * scale]
        else:
            z = 0.5 * math.log((1 + r) / (1 - r))
            ends = [(math.exp(2 * at) - 1) / (math.exp(2 * at) + 1) for at in (z - reach, z + reach)]
            interval = [end * scale for end in ends]
    return estimate(r * scale, interval, len(xs))


def jackknife(data, figure, most=None):
    value = figure(data)
    if value is None:
        return None
    interval = None
    if len(data) > 2:
        without = [figure(data[:i] + data[i + 1 :]) for i in range(len(data))]
        if all(w is not None for w in without):
            n = len(data)
            middle = math.fsum(without) / n
            reach = Z * math.sqrt((n - 1) / n * math.fsum((w - middle) ** 2 for w in without))
            interval = [value - reach, value + reach]
            if most is not None:
                interval[1] = min(interval[1], most)
    return estimate(value, interval, len(data))


def deviation(xs):
    v = variance(xs)
    return None if v is None else root(v)


def efficiency(pairs):
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    most = covariance(sorted(xs), sorted(ys))
    if not most:
        return None
    return float(100 * covariance(xs, ys) / most)


def score(row, without=None):
    had = [mark for i, mark in enumerate(row) if mark is not None and i != without]
    return mean(had) if had else None


def item(rows, question):
    had = [row for row in rows if row[question] is not None]
    marks = [row[question] for row in had]
    rest = [(row[question], score(row, question)) for row in had if score(row, question) is not None]
    whole = covariance(marks, [score(row) for row in had])
    return {
        "had": len(had),
        "facility": wilson(marks),
        "deviation": jackknife(marks, deviation),
        "discrimination": correlation([x for x, _ in rest], [y for _, y in rest], 100.0),
        "efficiency": jackknife(rest, efficiency, 100.0),
        "negative": whole is not None and whole < 0,
    }


def alpha(rows, questions):
    """Cronbach (1951); the interval is Bonett's with its correction of bias."""
    whole = [row for row in rows if all(mark is not None for mark in row)]
    n, k = len(whole), questions
    if k < 2 or n < 2:
        return None
    total = variance([sum(row, F(0)) for row in whole])
    if total == 0:
        return None
    value = F(k, k - 1) * (1 - sum((variance([row[q] for row in whole]) for q in range(k)), F(0)) / total)
    interval = None
    if n > 2:
        spread = Z * math.sqrt(2 * k / ((k - 1) * (n - 2)))
        unbiased = float(1 - value) * (n - 1) / n
        interval = [1 - unbiased * math.exp(spread), 1 - unbiased * math.exp(-spread)]
    return estimate(value, interval, n)


def thirds(rest):
    """top, middle or bottom by the middle of the ranks that equal scores share."""
    n = len(rest)
    found = []
    for mine in rest:
        ranks = [i + 1 for i, other in enumerate(sorted(rest)) if other == mine]
        middle = (mean([F(rank) for rank in ranks]) - F(1, 2)) / n
        found.append("bottom" if middle < F(1, 3) else "top" if middle > F(2, 3) else "middle")
    return found


def options(keys, answers):
    """answers: (the set of options chosen, the rest score or None) of everybody who answered."""
    ranked = [(chosen, rest) for chosen, rest in answers if rest is not None]
    where = thirds([rest for _, rest in ranked])
    lines = []
    for option, key in enumerate(keys):
        took = [option in chosen for chosen, _ in answers]
        lines.append(
            {
                "key": key,
                "all": [sum(took), len(answers)],
                "thirds": [
                    [
                        sum(option in chosen for (chosen, _), at in zip(ranked, where) if at == third),
                        where.count(third),
                    ]
                    for third in ("top", "middle", "bottom")
                ],
                "share": wilson([F(int(t)) for t in took]),
                "rest": correlation([F(int(option in chosen)) for chosen, _ in ranked], [rest for _, rest in ranked]),
                "non_functional": not key and bool(answers) and F(sum(took), len(answers)) < F(5, 100),
            }
        )
    of_keys = [line["rest"]["value"] for line in lines if line["key"] and line["rest"]]
    for line in lines:
        r = line["rest"]["value"] if line["rest"] else None
        line["suspicious"] = (
            not line["key"]
            and not line["non_functional"]
            and line["all"][0] > 0
            and r is not None
            and (r > 1e-12 or bool(of_keys) and r > min(of_keys) + 1e-12)
        )
    return lines


# ---------------------------------------------------------------- vectors


class Chance:
    """A generator of its own (Knuth's MMIX), so that the vectors stay the same whatever Python does with its own."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound


def case(seed):
    chance = Chance(seed)
    students = (0, 1, 2, 3, 4, 5, 12, 19, 20, 27, 30, 33)[seed % 12]
    questions = (1, 2, 3, 5, 8)[seed // 12 % 5]
    partial, gaps, flat = seed % 3 == 0, seed % 4 == 1, seed % 7 == 3
    rows = []
    for _ in range(students):
        skill = chance.below(1000)
        late = chance.below(questions + 1) if gaps and chance.below(3) == 0 else 0
        row = []
        for q in range(questions):
            luck = chance.below(1000)
            right = skill + 300 - 150 * (q % 4) > luck
            if seed % 5 == 4 and q == 0:
                right = not right
            if flat and q == 1:
                right = True
            mark = 1000 if right else chance.below(1000) if partial else 0
            row.append(None if q < late else mark)
        rows.append(row)
    options_of = 2 + seed % 5
    keys = [o == 0 or (seed % 6 == 5 and o == 1) for o in range(options_of)]
    answers = []
    for _ in range(students):
        rest = None if chance.below(15) == 0 else chance.below(11) * 100
        knows = rest is not None and rest > chance.below(1000)
        if sum(keys) == 1:
            chosen = [0 if knows else chance.below(options_of)]
        else:
            chosen = [o for o in range(options_of) if (keys[o] if knows else chance.below(2))]
        answers.append((chosen, rest))
    share_rows = [[None if mark is None else F(mark, 1000) for mark in row] for row in rows]
    fractions = [(set(chosen), None if rest is None else F(rest, 1000)) for chosen, rest in answers]
    return {
        "marks": rows,
        "questions": questions,
        "items": [item(share_rows, q) for q in range(questions)],
        "alpha": alpha(share_rows, questions),
        "keys": keys,
        "answers": [{"options": chosen, "rest": rest} for chosen, rest in answers],
        "options": options(keys, fractions),
    }


def vectors():
    for seed in range(60):
        print(json.dumps(case(seed), separators=(",", ":")))


if __name__ == "__main__":
    if sys.argv[1:] == ["vectors"]:
        vectors()
    else:
        sys.exit(__doc__)
