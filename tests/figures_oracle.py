#!/usr/bin/env python3
"""Figures of a few hostile numbers, worked out here with exact fractions and
held against dfv-stats.

    figures_oracle.py SEED      dfv-stats is found on the PATH
"""
import math
import random
import subprocess
import sys
from fractions import Fraction

POOL = ['1e308', '-1e308', '1e-308', '-0', '1e25', '5e-324', '1e200', '-3e150',
        '0.1234567890123456789012345678901234567890', '9223372036854775807',
        '-12345678901234567890123456789.0123456789', '0.000000000000000001',
        '123456.789', '1e-200']
rand = random.Random(int(sys.argv[1]))


def read(text):
    """dfv(7): exact up to 18 places in 63 bits, else the nearest double."""
    value = Fraction(text)
    for places in range(19):
        scaled = value * 10 ** places
        if scaled.denominator == 1:
            return value if abs(scaled) < 2 ** 63 else Fraction(float(text))
    return Fraction(float(text))


def nearest(value):
    """The nearest double; None beyond the largest."""
    try:
        return float(value)
    except OverflowError:
        return None


def root(value):
    """The square root to some 200 digits."""
    scale = 10 ** 1000
    return Fraction(math.isqrt(value.numerator * scale * scale // value.denominator), scale)


def ask(figure):
    run = subprocess.run(['dfv-stats', '-a', 'a=' + figure, 'o.tsv'],
                         capture_output=True, text=True, check=False)
    if run.returncode == 2 and 'the figure is too large' in run.stderr:
        return None
    if run.returncode != 0:
        sys.exit(run.stderr)
    return float(run.stdout.split('\n')[1])


def check(figure, value, ulps=0):
    have, want = ask(figure), nearest(value)
    if have != want and (have is None or want is None or
                         abs(Fraction(have) - Fraction(want)) > ulps * Fraction(math.ulp(want))):
        sys.exit('%s: %s, not %s\n%s' % (figure, have, want, open('o.tsv').read()))


def write(numbers, weights):
    with open('o.tsv', 'w') as out:
        out.write('x\tw\n')
        out.writelines('%s\t%s\n' % pair for pair in zip(numbers, weights))


def round_of_checks():
    n = rand.randint(2, 12)
    numbers = [rand.choice(POOL) if rand.random() < .5 else
               '%de-%d' % (rand.randint(-10 ** 9, 10 ** 9), rand.randint(0, 18))
               for _ in range(n)]
    if rand.random() < .5:  # little variance far from zero
        numbers = ['%d.%02d' % (10 ** 9 + rand.randint(0, 3), rand.randint(0, 99))
                   for _ in range(n)]
    weights = [rand.choice(['1', '2', '0.5', '3.25', '7']) for _ in numbers]
    write(numbers, weights)
    x, w = [read(s) for s in numbers], [Fraction(s) for s in weights]
    mean = sum(x) / n
    variance = sum((v - mean) ** 2 for v in x) / (n - 1)
    check('variance(x)', variance)
    check('stddev(x)', root(variance), 1)
    if all(Fraction(s) == v for s, v in zip(numbers, x)):
        check('mean(x, weight=w)', sum(v * k for v, k in zip(x, w)) / sum(w))
    ordered = sorted(x)
    for p in ['0', '0.1', '0.25', '0.5', '0.9', '0.999', '1']:
        place = (n - 1) * Fraction(p)
        k = math.floor(place)
        low, high = ordered[k], ordered[min(k + 1, n - 1)]
        check('quantile(x, %s)' % p, low + (high - low) * (place - k), 1)
        upto = 0
        for value, weight in sorted(zip(x, w)):
            upto += weight
            if upto >= Fraction(p) * sum(w):
                break
        check('quantile(x, %s, weight=w)' % p, value)


for _ in range(4):
    round_of_checks()
