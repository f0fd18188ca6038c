#!/usr/bin/env python3
"""Holds the documentation against the programs. Run from tests/docs.bats.

  examples.py run PAGE          its examples give what it shows
  examples.py fix PAGE          writes what they give into it instead
  examples.py options PAGE...   the option lists and the SYNOPSIS of the pages
                                against --dump-options of their commands
  examples.py diagnostics PAGE LIST   the table of codes against the C list
  examples.py names PAGE SOURCE       each name that starts a row of a table of
                                      the C source has its place in the page,
                                      and a function has an example

An example is a literal display of a manual page (.Bd -literal) or a ```console
block of a Markdown file whose first line starts with `$ `. Commands are behind
`$ `; one that ends with a backslash, | or && goes on in the next line, one that
ends with <<'END' up to the line END. What follows is what it prints, on either
output, exactly; a line `...` stands for any lines. A page's examples run in its
order, by bash, in a scratch folder with a copy of data/deffinov and the
geography: a file that one makes is there for the next.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.environ.get("BIN", os.path.join(TOP, "build", "bin"))
os.environ["PATH"] = BIN + os.pathsep + os.environ["PATH"]
MARK = "\x1e"


def fail(message):
    print(message)
    sys.exit(1)


# --- examples ---------------------------------------------------------------

def from_mdoc(line):
    """What a line of a literal display shows."""
    return line.replace("\\&", "").replace("\\e", "\\")


def to_mdoc(line):
    line = line.replace("\\", "\\e")
    return "\\&" + line if line[:1] in (".", "'") else line


def blocks(path, lines):
    """Yields (first, end) of the lines inside each example's block."""
    if path.endswith(".md"):
        starts, ends = re.compile(r"^```console$"), re.compile(r"^```$")
    else:
        starts = re.compile(r"^\.Bd .*-literal")
        ends = re.compile(r"^\.Ed")
    first = None
    for i, line in enumerate(lines):
        if first is None and starts.match(line):
            first = i + 1
        elif first is not None and ends.match(line):
            if first < i and lines[first].startswith("$ "):
                yield first, i
            first = None


def steps(shown):
    """Cuts a block into [command, printed lines, line of the command]."""
    out, goes_on, here = [], False, None
    for i, line in enumerate(shown):
        if goes_on or here:
            out[-1][0] += "\n" + line
        elif line.startswith("$ "):
            out.append([line[2:], [], i])
        else:
            out[-1][1].append(line)
            continue
        if here:
            here = None if line == here else here
            continue
        goes_on = line.endswith(("\\", "|", "&&"))
        m = re.search(r"<<'(\w+)'$", line)
        here = m.group(1) if m else None
    return out


def scratch_copy(folder):
    data = os.path.join(folder, "data")
    os.mkdir(data)
    shutil.copytree(os.path.join(TOP, "data", "deffinov"),
                    os.path.join(data, "deffinov"))
    os.symlink(os.path.join(TOP, "data", "reference"),
               os.path.join(data, "reference"))


def play(commands, folder):
    """What each command prints, run one after the other in one shell."""
    script = "exec 2>&1 </dev/null\n"
    for command in commands:
        script += "(exit ${st:-0})\n" + command + "\nst=$?\n"
        script += "printf '%s'\n" % MARK
    env = dict(os.environ, LC_ALL="C.UTF-8",
               DFV_DATA=os.path.join(TOP, "data"))
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=env,
                          stdout=subprocess.PIPE, timeout=120, check=False)
    parts = done.stdout.decode("utf-8", "replace").split(MARK)
    if len(parts) != len(commands) + 1:
        fail("the shell ended early:\n" + "\n".join(parts))
    return [p.split("\n")[:-1] if p.endswith("\n") else
            (p.split("\n") if p else []) for p in parts[:-1]]


def matches(shown, given):
    """Whether lines are as shown, where `...` is any number of lines."""
    if "..." not in shown:
        return shown == given
    at = shown.index("...")
    head, tail = shown[:at], shown[at + 1:]
    if given[:at] != head:
        return False
    return any(matches(tail, given[k:]) for k in range(at, len(given) + 1))


def run(path, fix=False):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    mdoc = not path.endswith(".md")
    bad, nexample, edits = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        scratch_copy(folder)
        for first, end in blocks(path, lines):
            shown = lines[first:end]
            if mdoc:
                shown = [from_mdoc(line) for line in shown]
            todo = steps(shown)
            results = play([s[0] for s in todo], folder)
            new = []
            for (command, wanted, at), given in zip(todo, results):
                nexample += 1
                good = matches(wanted, given)
                new += ("$ " + command).split("\n")
                new += wanted if good else given
                if good:
                    continue
                bad += 1
                if not fix:
                    print("%s:%d: $ %s" % (path, first + at + 1, command))
                    for line in difflib.unified_diff(
                            wanted, given, "shown", "given", lineterm=""):
                        print("    " + line)
            edits.append((first, end, [to_mdoc(x) for x in new]
                          if mdoc else new))
    if nexample == 0:
        fail("%s: no example" % path)
    if fix:
        for first, end, new in reversed(edits):
            lines[first:end] = new
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(lines))
    print("%s: %d examples, %d differ" % (path, nexample, bad))
    return bad == 0 or fix


# --- options ----------------------------------------------------------------

VERBS = {"dfv-geo": ["locate", "near", "nearest", "extract", "coverage", "map"]}


def dumped(command):
    """{long name: (letter, argument)} of a command and all its verbs."""
    found = {}
    for verb in VERBS.get(command, [None]):
        words = [command] + ([verb] if verb else []) + ["--dump-options"]
        text = subprocess.run(words, stdout=subprocess.PIPE,
                              check=True).stdout.decode()
        for line in text.splitlines():
            letter, name, arg = line.split("\t")[:3]
            found[name] = (letter, arg)
    return found


def listed(page):
    """The same of the page's .It Fl lines."""
    found = {}
    with open(page, encoding="utf-8") as f:
        for line in f:
            m = re.match(r"\.It (Fl .*)$", line.rstrip("\n"))
            if not m:
                continue
            m = re.match(r"Fl (?:(\w) , Fl )?Fl ([a-z-]+)(?: Ar (.*))?$",
                         m.group(1))
            if not m:
                fail("%s: not understood: %s" % (page, line))
            found[m.group(2)] = (m.group(1) or "",
                                 (m.group(3) or "").strip('"'))
    return found


def synopsis(page):
    """Letters and long names that the SYNOPSIS mentions."""
    letters, names, inside = set(), set(), False
    with open(page, encoding="utf-8") as f:
        for line in f:
            if line.startswith(".Sh "):
                inside = line.startswith(".Sh SYNOPSIS")
            if not inside:
                continue
            names.update(re.findall(r"Fl Fl ([a-z-]+)", line))
            for word in re.findall(r"(?<!Fl )Fl (?!Fl )(\w+)", line):
                letters.update(word)
    return letters, names


def options(pages):
    good = True
    for page in pages:
        command = os.path.basename(page).rsplit(".", 1)[0]
        wanted, have = dumped(command), listed(page)
        letters, names = synopsis(page)
        for name in sorted(set(wanted) | set(have)):
            if wanted.get(name) != have.get(name):
                good = False
                print("%s: --%s: the command has %s, the page %s" % (
                    page, name, wanted.get(name), have.get(name)))
        for name, (letter, _) in sorted(wanted.items()):
            if letter not in letters if letter else name not in names:
                good = False
                print("%s: SYNOPSIS lacks --%s" % (page, name))
        known = {letter for letter, _ in wanted.values()}
        for word in sorted((letters - known) | (names - set(wanted))):
            good = False
            print("%s: SYNOPSIS has an unknown %s" % (page, word))
    return good


# --- tables of codes ----------------------------------------------------------

STRING = r'"((?:[^"\\]|\\.)*)"'


def c_rows(path):
    """(code, level, text) of each DIAG() or FINDING() of a list."""
    with open(path, encoding="utf-8") as f:
        text = f.read().split("#endif", 1)[1]
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    diag = r"DIAG\(\w+,\s*(\w+),\s*%s,\s*%s,\s*%s\)" % ((STRING,) * 3)
    finding = r"FINDING\(\w+,\s*%s,\s*%s\)" % ((STRING,) * 2)
    rows = [(m[1], m[0].lower(), m[2] + ": " + m[3])
            for m in re.findall(diag, text)]
    rows += [(m[0], "", m[1]) for m in re.findall(finding, text)]
    return [(c, v, re.sub(r"\\(.)", r"\1", t)) for c, v, t in rows]


def page_rows(path):
    """The same of `.It Sy CODE Pq LEVEL` (or `.It Sy CODE`) and the text
    behind it, in the sections whose heading starts with DIAGNOSTICS or
    FINDINGS."""
    rows, inside, text = [], False, None
    with open(path, encoding="utf-8") as f:
        for line in f.read().split("\n"):
            if line.startswith(".Sh "):
                inside = re.match(r"\.Sh (DIAGNOSTICS|FINDINGS)", line)
            m = re.match(r"\.It Sy ([a-z0-9-]+)(?: Pq (\w+))?$", line)
            if inside and m:
                text = []
                rows.append((m[1], m[2] or "", text))
            elif line.startswith("."):
                text = None
            elif text is not None:
                text.append(from_mdoc(line))
    return [(code, level, " ".join(text)) for code, level, text in rows]


def diagnostics(page, path):
    wanted, have = c_rows(path), page_rows(page)
    if not wanted:
        fail("%s: no rows" % path)
    for line in difflib.unified_diff(
            ["%s (%s) %s" % r for r in have],
            ["%s (%s) %s" % r for r in wanted], page, path, lineterm=""):
        print(line)
    return wanted == have


def names(page, source):
    with open(source, encoding="utf-8") as f:
        found = re.findall(r'^ +\{(?:\.name = )?"([A-Za-z_]+)", ',
                           f.read(), re.M)
    with open(page, encoding="utf-8") as f:
        lines = f.read().split("\n")
    if not found:
        fail("%s: no names" % source)
    shown = "\n".join(lines)
    tried = "\n".join("\n".join(lines[first:end])
                      for first, end in blocks(page, lines))
    good = True
    for name in dict.fromkeys(found):
        if re.search(r"\bFn %s\b" % name, shown):
            if not re.search(r"\b%s\(" % name, tried):
                good = False
                print("%s: %s() has no example" % (page, name))
        elif not re.search(r"\bLi (?:\w+ , )*%s\b" % name, shown):
            good = False
            print("%s: %s is missing" % (page, name))
    return good


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    verb, args = sys.argv[1], sys.argv[2:]
    if verb in ("run", "fix"):
        good = all([run(a, verb == "fix") for a in args])
    elif verb == "options":
        good = options(args)
    elif verb == "diagnostics":
        good = diagnostics(*args)
    elif verb == "names":
        good = names(*args)
    else:
        sys.exit(__doc__)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
