#!/usr/bin/env python3
"""One file of records, cut into parts in a random way: the parts' states,
merged in random trees, come to the figures of one run over everything. Then
spoiled states, which are told, or at least do no harm.

    split_oracle.py SEED      dfv-stats is found on the PATH
"""
import random
import subprocess
import sys

HEADER = 'g\tx\tw\tt\n'
HARD = ['1e308', '-1e308', '1e-308', '-0', '1e25', '-1e25', '5e-324', '1e3',
        '0.1234567890123456789012345678901234567890', '9223372036854775807',
        '-12345678901234567890123456789.0123456789', '0.000000000000000001']
FIGURES = ['n=count()', 'nx=count(x)', 'median=median(x)', 'q=quantile(x, 0.9)',
           'q3=quantile(x, 1 / 3)', 'f=first(t)', 'l=last(t)', 'fx=first(x)',
           'm=mode(t)', 'li=list(t)', 'sh=share(x > 1)', 'd=distinct(t)',
           'shw=share(x > 1, weight=w)', 'qw=quantile(x, 0.5, weight=w)',
           'aq=approx_quantile(x, 0.5)', 'ad=approx_distinct(x)',
           'r=sum(w) / count()', 'lo=min(x)', 'hi=max(x) where w > 0',
           'c=count() + 1']
# Beyond any double where the numbers are hard.
LIMITED = ['s=sum(x)', 'mean=mean(x)', 'mw=mean(x, weight=w)', 'v=variance(x)',
           'sd=stddev(x)']
rand = random.Random(int(sys.argv[1]))


def number(hard):
    kind = rand.random()
    if kind < .06:
        return ''
    if kind < .5:
        return str(rand.randint(-50, 50))
    if kind < .8:
        return '%d.%02d' % (rand.randint(-1000, 1000), rand.randint(0, 99))
    if kind < .9 and hard:
        return rand.choice(HARD)
    return '%de-%d' % (rand.randint(-10 ** 9, 10 ** 9), rand.randint(0, 18))


def record(hard):
    return '\t'.join([
        rand.choice(['a', 'b', '', 'é', 'a name of more than sixteen bytes']),
        number(hard),
        rand.choice(['0', '1', '2', '0.5', '', '3.25', '1e-20', '1e20']),
        rand.choice(['u', 'v', 'w|u', '', 'a b ', 'x\\ty', '\\|', 'z|\\N|u'])]) + '\n'


def run(*args, stdin=None):
    done = subprocess.run(['dfv-stats', *args], input=stdin,
                          capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit('%s: %s' % (args, done.stderr.decode()))
    return done.stdout


def merge(parts):
    """One state of several, by name or joined."""
    if rand.random() < .3:
        return run('--merge', '--partial', stdin=b''.join(parts))
    names = []
    for part in parts:
        names.append('part%d' % len(names))
        with open(names[-1], 'wb') as out:
            out.write(part)
    return run('--merge', '--partial', *names)


def tree(parts):
    parts = parts[:]
    while len(parts) > 1:
        n = rand.randint(2, len(parts))
        rand.shuffle(parts)
        parts = [merge(parts[:n])] + parts[n:]
    return parts[0]


def spoil(state):
    """Bytes of the records changed, lost or doubled."""
    at = rand.randrange(state.index(b'\n') + 1, len(state))
    kind = rand.randrange(4)
    if kind == 0:
        return state[:at]
    if kind == 1:
        return state[:at] + state[at + rand.randint(1, 9):]
    if kind == 2:
        return state[:at] + state[max(0, at - rand.randint(1, 9)):]
    return state[:at] + rand.choice([b'-', b'x', b' ', b':', b'\t', b'9', b'e', b'\\', b'0',
                                     b'.', b'|', b'\n']) + state[at + 1:]


def survive(state):
    with open('spoiled', 'wb') as out:
        out.write(state)
    done = subprocess.run(['dfv-stats', '--merge', 'spoiled'], capture_output=True,
                          check=False)
    told = done.stderr.startswith(b'dfv-stats: spoiled:') and b': error: ' in done.stderr
    if not (done.returncode == 0 or (done.returncode == 2 and done.stdout == b'' and (
            told or b'the figure is too large' in done.stderr))):
        sys.exit('%d: %s' % (done.returncode, done.stderr.decode()))


hard = rand.random() < .4
rows = [record(hard) for _ in range(rand.randint(1, 400))]
figures = FIGURES + ([] if hard else LIMITED)
rand.shuffle(figures)
args = rand.choice([['-g', 'g'], [], ['-g', 'g,t']])
for figure in figures:
    args = args + ['-a', figure]
with open('all.tsv', 'w') as out:
    out.write(HEADER + ''.join(rows))
want = run(*args, '--totals', 'all.tsv')
if run(*args, '--totals', '-j', '3', 'all.tsv') != want:
    sys.exit('three threads do otherwise')

cuts = sorted(rand.randint(0, len(rows)) for _ in range(rand.randint(0, 6)))
parts = []
for start, end in zip([0] + cuts, cuts + [len(rows)]):
    text = HEADER + ''.join(rows[start:end])
    parts.append(run(*args, '--partial', '--part', str(len(parts)), stdin=text.encode()))
whole = tree(parts)
if tree(parts) != whole:
    sys.exit('two trees do otherwise')
if run('--merge', '--totals', stdin=whole) != want:
    sys.exit('the parts come to something else than the whole')
for _ in range(10):
    survive(spoil(whole))
