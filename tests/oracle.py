#!/usr/bin/env python3
"""An independent reading of dfv-expr(7): random expressions over random
records, worked out here with fractions and held against dfv-filter.

    oracle.py SEED EXPRESSIONS RECORDS      dfv-filter is found on the PATH
"""
import datetime
import decimal
import math
import random
import re
import subprocess
import sys
import unicodedata
from fractions import Fraction

OR, AND, NOT, TEST, SUM, PRODUCT, UNARY, PRIMARY = range(1, 9)
LETTERS = ['a', 'b', 'ab', 'é', 'É', 'Œ', '|', '\\', '\t', '\n', ' ', '"', "'",
           'N', '\\N', '🎉', '1', '-', 'Z', '’']
ESCAPES = {'\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\', '|': '\\|'}
rand = random.Random(int(sys.argv[1]))


def encode(text):
    return ''.join(ESCAPES.get(c, c) for c in text)


def number_cell(v):
    """A finite decimal, without zeros at its end."""
    places = next(p for p in range(40) if (v * 10 ** p).denominator == 1)
    digits = str(abs(int(v * 10 ** places))).rjust(places + 1, '0')
    sign = '-' if v < 0 else ''
    return sign + (digits[:-places] + '.' + digits[-places:] if places else digits)


def cell(v):
    if v is None:
        return ''
    if isinstance(v, bool):
        return 'true' if v else 'false'
    if isinstance(v, list):
        return '|'.join(map(encode, v))
    if isinstance(v, float):
        return format(decimal.Decimal(repr(v)), 'f')
    return encode(v) if isinstance(v, str) else number_cell(v)


def fold(s):
    s = s.lower().replace('œ', 'oe').replace('’', "'")
    s = ''.join(c for c in unicodedata.normalize('NFD', s)
                if not unicodedata.combining(c))
    return re.sub(r'\s+', ' ', s)


def put(e, least):
    """An expression's text where one that binds at least so is wanted."""
    return '(%s)' % e[0] if e[1] < least or rand.random() < .1 else e[0]


def lift(f, *args):
    """Missing when an argument is; an empty text is missing too."""
    def value(r):
        v = [a[2](r) for a in args]
        v = None if None in v else f(*v)
        return None if v == '' else v
    return value


def call(name, f, *args):
    return '%s(%s)' % (name, ', '.join(a[0] for a in args)), PRIMARY, f


def const(v):
    if isinstance(v, str):
        quote = rand.choice('"\'')
        s = v.replace('\\', '\\\\').replace(quote, '\\' + quote)
        s = s.replace('\n', rand.choice(['\n', '\\n'])).replace('\t', '\\t')
        return quote + s + quote, PRIMARY, lambda r: v
    return number_cell(v), PRIMARY if v >= 0 else UNARY, lambda r: v


def column(name, plain=False):
    text = name if plain or name[0] == 't' else 'number(%s)' % name
    return text, PRIMARY, lambda r: r[name]


def some_text():
    return ''.join(rand.choices(LETTERS, k=rand.randint(1, 3)))


def some_number():
    return Fraction(rand.randint(-2000, 2000), rand.choice([1, 1, 1, 10, 100]))


def half_away(v, places=0):
    scaled = abs(v) * 10 ** places
    whole = math.floor(scaled + Fraction(1, 2))
    return Fraction(whole if v >= 0 else -whole) / Fraction(10) ** places


def first(*args):
    return lambda r: next((a[2](r) for a in args if a[2](r) is not None), None)


def among(f, *args):
    return lambda r: f([a[2](r) for a in args if a[2](r) is not None], default=None)


def choose(c, a, b):
    return call('if', lambda r: a[2](r) if c[2](r) else b[2](r), c, a, b)


def number(depth, plain=False):
    if depth == 0:
        return rand.choice([lambda: const(some_number()), lambda: column(
            rand.choice(['n1', 'n2']), plain and rand.random() < .5)])()
    kind, a = rand.randrange(14), number(depth - 1, True)
    b = number(depth - 1, True)
    if kind < 3:
        return put(a, SUM) + ' + ' + put(b, PRODUCT), SUM, lift(lambda x, y: x + y, a, b)
    if kind < 5:
        return put(a, SUM) + ' - ' + put(b, PRODUCT), SUM, lift(lambda x, y: x - y, a, b)
    if kind == 5:
        a, b = number(0, True), number(0, True)
        return put(a, PRODUCT) + '*' + put(b, UNARY), PRODUCT, lift(lambda x, y: x * y, a, b)
    if kind == 6:
        by = rand.choice([2, 4, 5, 10])
        return put(a, PRODUCT) + ' / %d' % by, PRODUCT, lift(lambda x: x / by, a)
    if kind == 7:
        return '- ' + put(a, UNARY), UNARY, lift(lambda x: -x, a)
    if kind == 8:
        places = rand.randint(-2, 3)
        return rand.choice([
            call('round', lift(half_away, a), a),
            call('round', lift(lambda x: half_away(x, places), a), a,
                 const(Fraction(places)))])
    if kind == 9:
        name, f = rand.choice([('floor', math.floor), ('ceil', math.ceil), ('abs', abs)])
        return call(name, lift(lambda x: Fraction(f(x)), a), a)
    if kind == 10:
        name, f = rand.choice([('min', min), ('max', max)])
        return call(name, among(f, a, b), a, b)
    if kind == 11:
        a, b = number(depth - 1), number(depth - 1)
        return rand.choice([call('coalesce', first(a, b), a, b),
                            choose(condition(depth - 1), a, b)])
    if kind == 12:
        t = text(depth - 1)
        return rand.choice([
            call('len', lift(lambda s: Fraction(len(s)), t), t),
            call('year', lambda r: r['d'] and Fraction(r['d'].year), ('d',)),
            ('days("2020-02-28", d)', PRIMARY, lambda r: r['d'] and Fraction(
                (r['d'] - datetime.date(2020, 2, 28)).days))])
    if rand.random() < .5:
        a, by = text(depth - 1), rand.choice(LETTERS)
        return ('count(split(%s, %s))' % (a[0], const(by)[0]), PRIMARY,
                lambda r: Fraction(len((a[2](r)).split(by)) if a[2](r) else 0))
    return 'count(l)', PRIMARY, lambda r: Fraction(len(r['l']))


def written(v):
    return '' if v is None else v if isinstance(v, str) else number_cell(v)


def quotient():
    """Exact where it comes out even, else the nearest double's shortest decimal."""
    a, by = number(0, True), rand.randint(1, 999)

    def divide(x):
        v, rest = x / by, by
        for p in 2, 5:
            while rest % p == 0:
                rest //= p
        return v if x.numerator % rest == 0 else float(v)
    return put(a, PRODUCT) + ' / %d' % by, PRODUCT, lift(divide, a)


def splitting():
    """Lists: only as a whole expression, since a list's text has its bars."""
    a, by = text(0), rand.choice(LETTERS)
    return call('split', lift(lambda s: s.split(by), a), a, const(by))


def text(depth):
    if depth == 0:
        return rand.choice([lambda: const(some_text()), lambda: column(
            rand.choice(['t1', 't2']))])()
    kind, a, b = rand.randrange(8), text(depth - 1), text(depth - 1)
    if kind < 2:
        name = rand.choice(['lower', 'upper'])
        return call(name, lift(getattr(str, name), a), a)
    if kind == 2:
        return call('trim', lift(lambda s: s.strip(), a), a)
    if kind == 3:
        c = number(depth - 1) if rand.random() < .5 else text(depth - 1)
        return call('concat', lambda r: (a[2](r) or '') + written(c[2](r)) or None, a, c)
    if kind == 4:
        i, n = rand.randint(1, 4), rand.randint(0, 3)
        return call('substr', lift(lambda s: s[i - 1:i - 1 + n], a), a,
                    const(Fraction(i)), const(Fraction(n)))
    if kind == 5:
        x, y = rand.choice(LETTERS), some_text()
        return call('replace', lift(lambda s: s.replace(x, y), a), a, const(x), const(y))
    if kind == 6:
        return rand.choice([call('coalesce', first(a, b), a, b),
                            choose(condition(depth - 1), a, b)])
    name, f = rand.choice([
        ('month', lambda d: '%04d-%02d' % (d.year, d.month)),
        ('quarter', lambda d: '%04d-Q%d' % (d.year, (d.month + 2) // 3)),
        ('week', lambda d: '%04d-W%02d' % d.isocalendar()[:2])])
    return '%s(d)' % name, PRIMARY, lambda r: r['d'] and f(r['d'])


TESTS = {'==': lambda c: c == 0, '!=': lambda c: c != 0, '<': lambda c: c < 0,
         '<=': lambda c: c <= 0, '>': lambda c: c > 0, '>=': lambda c: c >= 0}


def holds(f, *args):
    return lambda r: bool(lift(f, *args)(r))


def condition(depth):
    kind = rand.randrange(15) if depth > 0 else rand.randrange(4, 15)
    if kind < 2:
        n, join, level = rand.randint(2, 4), *rand.choice([('and', AND), ('or', OR)])
        c = [condition(depth - 1) for _ in range(n)]
        f = all if join == 'and' else any
        return ((' %s ' % join).join(put(x, level + 1) for x in c), level,
                lambda r: f(x[2](r) for x in c))
    if kind < 4:
        c = condition(depth - 1)
        return 'not ' + put(c, NOT), NOT, lambda r: not c[2](r)
    op = rand.choice(list(TESTS))
    if kind < 11:
        a, b = (number(depth), number(depth)) if kind < 8 else (text(depth), text(depth))
        return '%s %s %s' % (put(a, SUM), op, put(b, SUM)), TEST, holds(
            lambda x, y: TESTS[op]((x > y) - (x < y)), a, b)
    if kind == 11:
        a, x = text(depth), some_text()
        pattern = rand.choice(['^a', 'b$', '[ab]+é', '^[^a]*$', 'a|N', '^..$', '^$', r'\.', r'\d'])
        return rand.choice([
            (put(a, SUM) + ' ~ ' + const(x)[0], TEST, holds(lambda s: fold(x) in fold(s), a)),
            (put(a, SUM) + " =~ '%s'" % pattern, TEST,
             holds(lambda s: re.search(pattern, s) is not None, a))])
    if kind == 12:
        a, x = text(depth), rand.choice(['d', 't1', 'n2'])
        return rand.choice([
            ('missing(%s)' % a[0], PRIMARY, lambda r: a[2](r) is None),
            ('missing(%s)' % x, PRIMARY, lambda r: r[x] is None)])
    if kind == 13:
        x, y = rand.choice(LETTERS), [rand.choice(LETTERS) for _ in range(3)]
        many = '(%s)' % ', '.join(const(s)[0] for s in y)
        a = text(depth)
        return rand.choice([
            ('l has ' + const(x)[0], TEST, lambda r: x in r['l']),
            (const(x)[0] + ' in l', TEST, lambda r: x in r['l']),
            ('l in ' + many, TEST, lambda r: any(s in y for s in r['l'])),
            (put(a, SUM) + ' in ' + many, TEST, lambda r: a[2](r) in y)])
    day = datetime.date(2020, 1, 1) + datetime.timedelta(rand.randint(0, 2500))
    return 'd %s date("%s")' % (op, day), TEST, lambda r: r['d'] is not None and \
        TESTS[op]((r['d'] > day) - (r['d'] < day))


def record():
    def maybe(v):
        return None if rand.random() < .2 else v
    return {'n1': maybe(some_number()), 'n2': maybe(some_number()),
            't1': maybe(some_text()), 't2': maybe(some_text()),
            'l': rand.choices(LETTERS, k=rand.choice([0, 1, 2, 3])),
            'd': maybe(datetime.date(2020, 1, 1) + datetime.timedelta(rand.randint(0, 2500)))}


def line(r):
    date = '' if r['d'] is None else r['d'].isoformat()
    missing = rand.choice(['', '\\N'])
    return '\t'.join(c or missing for c in [
        cell(r['n1']), cell(r['n2']), cell(r['t1']), cell(r['t2']),
        '|'.join(map(encode, r['l'])), date]) + '\n'


def check(expressions, records, data):
    args = ['dfv-filter', '-f', 'tsv', '-t', 'tsv', '-c', 'r0..']
    for i, e in enumerate(expressions):
        args += ['-s', 'r%d=%s' % (i, e[0])]
    run = subprocess.run(args, input=data, capture_output=True)
    rows = run.stdout.decode().split('\n')[1:-1]
    if run.returncode != 0 or len(rows) != len(records):
        sys.exit('status %d: %s' % (run.returncode, run.stderr.decode()))
    for r, row in zip(records, rows):
        for e, have in zip(expressions, row.split('\t')):
            if have != cell(e[2](r)):
                sys.exit('%s\n%r\nhave: %s\nwant: %s' % (e[0], r, have, cell(e[2](r))))
    e = next((e for e in expressions if isinstance(e[2](records[0]), bool)), None)
    if e is not None:
        run = subprocess.run(['dfv-filter', '-f', 'tsv', '--count', '-w', e[0]],
                             input=data, capture_output=True)
        if run.stdout.decode() != '%d\n' % sum(e[2](r) for r in records):
            sys.exit('-w %s\nhave: %s' % (e[0], run.stdout.decode()))
    return len(expressions) * len(records)


def main():
    records = [record() for _ in range(int(sys.argv[3]))]
    data = ('n1\tn2\tt1\tt2\tl\td\n' + ''.join(map(line, records))).encode()
    wanted, done = int(sys.argv[2]), 0
    while wanted > 0:
        batch = [rand.choice([quotient, splitting])() if rand.random() < .1 else
                 rand.choice([condition, condition, number, text])(rand.randint(1, 3))
                 for _ in range(min(wanted, 50))]
        done += check(batch, records, data)
        wanted -= len(batch)
    print('%d cases' % done)


main()
