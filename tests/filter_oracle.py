"""Random options of dfv-filter together, over random tables, against the same
written down in Python.

filter_oracle.py SEED CASES; works in the current folder. Operations apply in
the order of dfv-filter(1), whatever the order of the options; each case runs
with one thread, with three, and through a pipe. Exit 1 at the first difference.
"""

import csv
import random
import subprocess
import sys

NAMES = ['a', 'b', 'n', 'l']
rand = random.Random(int(sys.argv[1]))


def some_cell(name):
    if rand.random() < .15:
        return rand.choice(['', '\\N'])
    if name == 'n':
        return rand.choice(['0', '-1', '2', '10', '2.50', '1e1', '+3', '007'])
    if name == 'l':
        return '|'.join(rand.choices(['x', 'y', 'z\\|'], k=rand.randint(1, 3)))
    return rand.choice(['x', 'y', 'é', 'Z', 'x y', '\\t', '10', '9'])


def table(names, n):
    return [{c: some_cell(c) for c in names} for _ in range(n)]


def text_of(names, rows):
    return ''.join('\t'.join(r) + '\n'
                   for r in [names] + [[r[c] for c in names] for r in rows])


def missing(cell):
    return cell in ('', '\\N')


def values(cell):
    """The values of a list, as they are encoded."""
    out, at, i = [], 0, 0
    while i <= len(cell):
        if cell[i:i + 1] == '\\':
            i += 2
        elif i == len(cell) or cell[i] == '|':
            out.append(cell[at:i])
            at = i = i + 1
        else:
            i += 1
    return out


def as_csv(path, names, rows):
    """Writes rows as CSV: its path, and the rows as they come back."""
    with open(path, 'w', encoding='utf-8', newline='') as f:
        out = csv.writer(f, delimiter=';')
        out.writerow(names)
        for r in rows:
            out.writerow('' if missing(r[c]) else r[c].replace('\\t', '\t') for c in names)
    return path, [{c: '' if missing(v) else v for c, v in r.items()} for r in rows]


# What -w and -s are given, and what that means.
WHERE = [
    ('a == "x"', lambda r: r['a'] == 'x'),
    ('n >= 2', lambda r: not missing(r['n']) and float(r['n']) >= 2),
    ('l has "y"', lambda r: not missing(r['l']) and 'y' in values(r['l'])),
    ('missing(b)', lambda r: missing(r['b'])),
    ('b != "y"', lambda r: not missing(r['b']) and r['b'] != 'y'),
]
SET = [
    ('c', 'if(n > 2, "big", "small")', lambda r:
     'big' if not missing(r['n']) and float(r['n']) > 2 else 'small'),
    ('a', 'b', lambda r: '' if missing(r['b']) else r['b']),
    ('b', 'a', lambda r: '' if missing(r['a']) else r['a']),
    ('n', '-n', lambda r: '' if missing(r['n']) else
     '%g' % (0 - float(r['n']))),
]


class Case:
    def __init__(self):
        self.asked = []
        self.names = list(NAMES)
        self.rows = table(NAMES, rand.choice([0, 1, 5, 40, 40, 40, 40, 3000]))
        if rand.random() < .3:
            self.file, self.rows = as_csv('in.csv', NAMES, self.rows)
        else:
            self.file = 'in.tsv'
            with open(self.file, 'w', encoding='utf-8') as f:
                f.write(text_of(NAMES, self.rows))

    def ask(self, *words):
        self.asked.append(words)

    def join(self, side):
        many, left = rand.random() < .5, rand.random() < .5
        rows, seen = [], set()
        for r in table(['a', 'v', 'w'], 6):
            if many or missing(r['a']) or r['a'] not in seen:
                rows.append(r)
                seen.add(r['a'])
        if rand.random() < .5:
            with open(side, 'w', encoding='utf-8') as f:
                f.write(text_of(['v', 'a', 'w'], rows))
        else:
            side, rows = as_csv(side + '.csv', ['v', 'a', 'w'], rows)
        self.ask('--join', side)
        self.ask('--on', 'a')
        self.ask(*['--many'] * many)
        self.ask(*['--left'] * left)
        out = []
        for r in self.rows:
            match = [s for s in rows if not missing(r['a']) and s['a'] == r['a']]
            for s in match or [{'v': '', 'w': ''}] * left:
                out.append({**r, 'v': s['v'], 'w': s['w']})
        self.names += ['v', 'w']
        self.rows = out

    def where(self):
        tests = rand.sample(WHERE, rand.choice([0, 1, 1, 2]))
        for text, _ in tests:
            self.ask('-w', text)
        keep = [t for _, t in tests]
        if rand.random() < .3:
            wanted = {v for r in table(['l'], 2) if not missing(r['l']) for v in values(r['l'])}
            with open('among', 'w', encoding='utf-8') as f:
                f.write('q\n' + ''.join(v + '\n' for v in sorted(wanted)))
            self.ask('--in', 'l=among:q')
            keep.append(lambda r: not missing(r['l']) and
                        any(v in wanted for v in values(r['l'])))
        invert = rand.random() < .3
        self.ask(*['-v'] * invert)
        self.rows = [r for r in self.rows if all(k(r) for k in keep) != invert]

    def set(self):
        rules = rand.sample(SET, rand.choice([0, 0, 1, 2, 3]))
        for name, text, _ in rules:
            self.ask('-s', name + '=' + text)
            if name not in self.names:
                self.names.append(name)
        self.rows = [{**r, **{n: f(r) for n, _, f in rules}} for r in self.rows]

    def unique(self):
        if rand.random() < .6:
            return
        key = rand.sample(self.names, rand.choice([1, 1, 2]))
        self.ask('-u', ','.join(key))
        seen, out = set(), []
        for r in self.rows:
            k = tuple('' if missing(r[c]) else r[c] for c in key)
            if k not in seen:
                out.append(r)
            seen.add(k)
        self.rows = out

    def sample(self):
        if rand.random() < .7:
            return
        n, seed = rand.choice([0, 1, 3, 100, 1500]), rand.randint(0, 5)
        self.ask('--sample', str(n))
        self.ask('--seed', str(seed))
        mask = 2 ** 64 - 1

        def lot(i):  # splitmix64
            z = (seed + (i + 1) * 0x9E3779B97F4A7C15) & mask
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
            return z ^ (z >> 31)
        drawn = sorted(range(len(self.rows)), key=lot)[:n]
        self.rows = [self.rows[i] for i in sorted(drawn)]

    def sort(self):
        if rand.random() < .5:
            return
        keys = []
        for name in rand.sample(self.names, rand.choice([1, 2])):
            down, number = rand.random() < .5, name == 'n'
            keys.append(('-' if down else '') + name + (':n' if number else ''))
        self.ask('-k', ','.join(keys))
        for key in reversed(keys):
            down, number = key[0] == '-', key.endswith(':n')
            name = key.lstrip('-').split(':')[0]
            value = (lambda c: float(c)) if number else \
                (lambda c: c.replace('\\t', '\t').encode())
            there = [r for r in self.rows if not missing(r[name])]
            # reverse=True keeps the order of equal ones, as -k does.
            there.sort(key=lambda r: value(r[name]), reverse=down)
            self.rows = there + [r for r in self.rows if missing(r[name])]

    def window(self):
        skip, n = rand.choice([0, 0, 1, 3, 1000]), rand.choice([None, None, 0, 1, 4])
        if skip:
            self.ask('--skip', str(skip))
            self.rows = self.rows[skip:]
        if n is not None:
            self.ask('-n', str(n))
            self.rows = self.rows[:n]

    def columns(self):
        how = rand.random()
        some = rand.sample(self.names, rand.randint(1, len(self.names) - 1))
        if how < .3:
            self.ask('-c', ','.join(some))
            self.names = some
        elif how < .5:
            self.ask('-x', ','.join(some))
            self.names = [n for n in self.names if n not in some]
        self.header = list(self.names)
        if rand.random() < .3 and len(self.names) > 1:
            x, y = rand.sample(range(len(self.names)), 2)
            self.ask('-r', '%s=%s' % (self.names[x], self.names[y]))
            self.ask('-r', '%s=%s' % (self.names[y], self.names[x]))
            self.header[x], self.header[y] = self.names[y], self.names[x]

    def run(self):
        steps = [lambda: self.join('side') if rand.random() < .3 else None, self.where,
                 self.set, self.unique, self.sample, self.sort, self.window, self.columns]
        for step in steps:
            step()
        want = text_of(self.names, self.rows).split('\n', 1)[1]
        want = '\t'.join(self.header) + '\n' + want
        count = rand.random() < .2
        if count:
            self.ask('--count')
            want = '%d\n' % len(self.rows)
        self.check(want)

    def check(self, want):
        rand.shuffle(self.asked)
        asked = [word for words in self.asked for word in words]
        with open(self.file, 'rb') as f:
            data = f.read()
        for args in (['-j', '1', self.file], ['-j', '3', self.file], ['-']):
            run = subprocess.run(['dfv-filter', '-t', 'tsv'] + asked + args,
                                 input=data, capture_output=True)
            if run.returncode != 0 or run.stdout.decode() != want:
                sys.exit('%s\nstatus %d %s\nhave:\n%s\nwant:\n%s\nof:\n%s' % (
                    asked + args, run.returncode, run.stderr.decode(),
                    run.stdout.decode(), want, data.decode()))


def main():
    for _ in range(int(sys.argv[2])):
        Case().run()
    print('%s cases' % sys.argv[2])


main()
