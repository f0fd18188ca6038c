#!/usr/bin/env python3
"""The public cases of frictionless-py run through dfv-validate.

    frictionless.py CHECKOUT [-v]           dfv-validate is found on the PATH

CHECKOUT is a folder with frictionless-py's sources, which this project does
not hold. The cases are read from its own tests without running them: the
cells of frictionless/fields/__spec__, the fields of frictionless/schema, the
tables of frictionless/resource. What is no text (a cell that is a Python
number, a date made by Python) or needs Python to be made is counted as left
out. Ends with how many agree; -v lists the others.
"""
import ast
import csv
import io
import json
import os
import subprocess
import sys
import tempfile

LABELS = {'extra-label', 'missing-label', 'incorrect-label'}
REFUSED = {'blank-label', 'duplicate-label', 'blank-header'}
BY_ROW = {'missing-cell', 'extra-cell', 'blank-row', 'primary-key',
          'foreign-key'}
checkout = sys.argv[1]
folder = tempfile.TemporaryDirectory()
work = folder.name


class LeftOut(Exception):
    """What cannot be told without Python, or is about something else."""


class Report:
    def __init__(self, resource, picks):
        self.resource, self.picks = resource, picks


class Field:
    def __init__(self, descriptor):
        self.descriptor = descriptor


def call_name(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return '.'.join([node.id] + parts[::-1]) if isinstance(node, ast.Name) else ''


def value(node, env):
    """What an expression comes to, of the few kinds that tests have."""
    if isinstance(node, ast.Name) and node.id in env:
        return env[node.id]
    if isinstance(node, ast.Call):
        return called(node, env)
    if isinstance(node, ast.Dict):
        return {value(k, env): value(v, env)
                for k, v in zip(node.keys, node.values)}
    if isinstance(node, (ast.List, ast.Tuple)):
        return [value(v, env) for v in node.elts]
    if isinstance(node, ast.Attribute):
        owner = value(node.value, env)
        if isinstance(owner, Report) and node.attr == 'task':
            return owner
        if isinstance(owner, Field) and node.attr == 'read_cell':
            return owner
        raise LeftOut
    try:
        return ast.literal_eval(node)
    except ValueError as e:
        raise LeftOut from e


def called(node, env):
    name = call_name(node.func)
    args = [value(a, env) for a in node.args]
    named = {k.arg: value(k.value, env) for k in node.keywords}
    if name == 'dict':
        return named
    if name in ('Schema.from_descriptor', 'deepcopy') and len(args) == 1:
        return args[0]
    if name == 'Field.from_descriptor':
        return Field(args[0])
    if name in ('TableResource', 'Resource') and not args:
        return named
    if name in ('TableResource.from_descriptor', 'Resource.from_descriptor'):
        return args[0]
    if name == 'Checklist' and set(named) <= {'pick_errors'}:
        return named
    if name.endswith('.validate') and isinstance(env.get(name.split('.')[0]), dict):
        if len(args) > 1 or named:
            raise LeftOut
        return Report(env[name.split('.')[0]],
                      args[0].get('pick_errors') if args else None)
    raise LeftOut


def validate(schema, table):
    """Exit status, findings as (line, column name, code, severity), stderr."""
    paths = [os.path.join(work, name) for name in ('s.json', 't.csv')]
    for path, text in zip(paths, (json.dumps(schema), table)):
        with open(path, 'w', encoding='utf-8', newline='') as f:
            f.write(text)
    run = subprocess.run(
        ['dfv-validate', '-f', 'csv', '-d', 'tsv', '--check', '-s', *paths],
        capture_output=True, check=False)
    lines = run.stdout.decode().splitlines()
    if not lines:
        return run.returncode, [], run.stderr.decode()
    head = lines[0].split('\t')
    rows = [dict(zip(head, line.split('\t'))) for line in lines[1:]]
    return (run.returncode,
            [(r['line'], r['field'], r['code'], r['severity']) for r in rows],
            run.stderr.decode())


def quoted(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator='\n').writerows(rows)
    return out.getvalue()


def good_cell(field, text):
    """Whether a record with this cell is without findings. A second column
    keeps an empty cell from being an empty row."""
    field = dict(field, name='cell')
    status, _, err = validate(
        {'fields': [field, {'name': 'other'}]},
        quoted([['cell', 'other'], [text, 'x']]))
    if status == 2:
        return 'refused: ' + err.splitlines()[0].split('error: ')[-1]
    return status == 0


class Count:
    def __init__(self, what):
        self.what, self.agree, self.left_out, self.others = what, 0, 0, []

    def take(self, case, wanted, have):
        if wanted == have:
            self.agree += 1
        else:
            self.others.append(f'{case}\n    there {wanted}, here {have}')

    def tell(self):
        print(f'{self.what}: {self.agree} of {self.agree + len(self.others)}'
              f' agree, {self.left_out} left out')
        if '-v' in sys.argv:
            for other in self.others:
                print('  ' + other)


def tests_of(path):
    with open(os.path.join(checkout, path), encoding='utf-8') as f:
        tree = ast.parse(f.read())
    env = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            try:
                env[node.targets[0].id] = value(node.value, {})
            except (LeftOut, AttributeError):
                pass
        if isinstance(node, ast.FunctionDef) and node.name.startswith('test'):
            yield node, env


def parameters(test):
    """The rows of pytest.mark.parametrize, as mappings of expressions."""
    for mark in test.decorator_list:
        if not (isinstance(mark, ast.Call) and
                call_name(mark.func).endswith('parametrize')):
            continue
        names = [n.strip() for n in mark.args[0].value.split(',')]
        for row in mark.args[1].elts:
            cells = row.elts if isinstance(row, (ast.Tuple, ast.List)) else [row]
            yield dict(zip(names, cells))


def run_cells():
    count = Count('cells of each type')
    folder = 'frictionless/fields/__spec__'
    for name in sorted(os.listdir(os.path.join(checkout, folder))):
        if not name.startswith('test_'):
            continue
        for test, _ in tests_of(os.path.join(folder, name)):
            for row in parameters(test):
                if not {'source', 'target'} <= set(row):
                    continue
                try:
                    source = value(row['source'], {})
                    field = {'type': name[5:-3]}
                    if 'format' in row:
                        field['format'] = value(row['format'], {})
                    if 'options' in row:
                        field.update(value(row['options'], {}))
                    if not isinstance(source, str):
                        raise LeftOut
                except LeftOut:
                    count.left_out += 1
                    continue
                target = row['target']
                wanted = not (isinstance(target, ast.Constant) and
                              target.value is None)
                # An empty cell has no value, and no type to be of.
                if source == '':
                    wanted = True
                count.take(f'{field} {source!r}', wanted,
                           good_cell(field, source))
    count.tell()


def run_fields():
    count = Count('cells of fields with constraints')
    folder = 'frictionless/schema/__spec__/field'
    for name in ('test_constraints.py', 'test_read.py'):
        for test, shared in tests_of(os.path.join(folder, name)):
            env = dict(shared)
            for node in test.body:
                try:
                    if isinstance(node, ast.Assign):
                        env[node.targets[0].id] = value(node.value, env)
                    elif isinstance(node, ast.Assert):
                        call, pair = node.test.left, node.test.comparators[0]
                        owner = value(call.func, env)
                        text = value(call.args[0], env)
                        if not isinstance(text, str) or not isinstance(
                                owner, Field):
                            raise LeftOut
                        note = pair.elts[1]
                        wanted = (isinstance(note, ast.Constant) and
                                  note.value is None)
                        count.take(f'{owner.descriptor} {text!r}', wanted,
                                   good_cell(owner.descriptor, text))
                except (LeftOut, AttributeError, IndexError):
                    count.left_out += isinstance(node, ast.Assert)
    count.tell()


def run_uses():
    count = Count('constraints that a type has')
    path = 'frictionless/schema/__spec__/field/test_constraints.py'
    for test, _ in tests_of(path):
        for row in parameters(test):
            if set(row) != {'constraints', 'type', 'valid'}:
                continue
            field = {'name': 'cell', 'type': value(row['type'], {}),
                     'constraints': value(row['constraints'], {})}
            _, _, err = validate({'fields': [field]}, 'cell\n')
            count.take(str(field), value(row['valid'], {}), err == '')
    count.tell()


def read_schema(resource, table):
    schema = resource.get('schema')
    if isinstance(schema, str):
        with open(os.path.join(checkout, schema), encoding='utf-8') as f:
            if not schema.endswith('.json'):
                raise LeftOut
            schema = json.load(f)
    if schema is None:
        header = next(csv.reader(io.StringIO(table)), [])
        schema = {'fields': [{'name': n} for n in header]}
    if not isinstance(schema, dict):
        raise LeftOut
    return dict({'fieldsMatch': 'exact'}, **schema)


def read_table(resource):
    if isinstance(resource.get('data'), list) and resource['data'] and all(
            isinstance(r, list) for r in resource['data']):
        return quoted([['' if c is None else str(c) for c in r]
                       for r in resource['data']])
    path = resource.get('path')
    if not isinstance(path, str) or not path.endswith('.csv'):
        raise LeftOut
    try:
        with open(os.path.join(checkout, path), encoding='utf-8',
                  newline='') as f:
            return f.read()
    except (OSError, UnicodeDecodeError) as e:
        raise LeftOut from e


def pairs_wanted(columns, rows):
    """(row, field number, code), once a row for what is about all of it."""
    out = []
    for row in rows:
        cell = dict(zip(columns, row))
        if 'type' not in cell or 'rowNumber' not in cell:
            raise LeftOut
        code = cell['type']
        number = None if code in BY_ROW | LABELS else cell.get('fieldNumber')
        if (cell['rowNumber'], number, code) not in out:
            out.append((cell['rowNumber'], number, code))
    return out


def pairs_found(findings, schema, picks):
    names = [f.get('name') for f in schema['fields']]
    out = []
    for line, field, code, severity in findings:
        if picks and code not in picks or severity != 'error':
            continue
        whole = code in BY_ROW | LABELS
        number = None if whole or field not in names else names.index(field) + 1
        pair = (None if code in LABELS else int(line), number, code)
        if pair not in out:
            out.append(pair)
    return out


def run_report(count, case, report, wanted):
    if set(report.resource) - {'name', 'path', 'data', 'schema', 'title'}:
        raise LeftOut
    if report.picks and any(p.startswith('#') for p in report.picks):
        raise LeftOut
    table = read_table(report.resource)
    schema = read_schema(report.resource, table)
    status, findings, err = validate(schema, table)
    if status != 2:
        have = pairs_found(findings, schema, report.picks)
    elif wanted and wanted[0][2] in REFUSED:
        have = wanted  # it stops where the names of columns cannot be told
    else:
        have = 'refused: ' + err.splitlines()[0]
    if isinstance(have, list):
        have, wanted = sorted(have, key=str), sorted(wanted, key=str)
    count.take(case, wanted, have)


def run_test(count, test, shared):
    env = dict(shared)
    for node in test.body:
        try:
            if isinstance(node, ast.Assign):
                env[node.targets[0].id] = value(node.value, env)
            elif isinstance(node, ast.Assert):
                check = node.test
                if isinstance(check, ast.Compare) and call_name(
                        check.left.func).endswith('.flatten'):
                    report = value(check.left.func.value, env)
                    wanted = pairs_wanted(value(check.left.args[0], env),
                                          value(check.comparators[0], env))
                elif isinstance(check, ast.Attribute) and check.attr == 'valid':
                    report, wanted = value(check.value, env), []
                else:
                    continue
                run_report(count, test.name, report, wanted)
        except (LeftOut, AttributeError, IndexError, TypeError, KeyError,
                ValueError):
            if isinstance(node, ast.Assert):
                count.left_out += 1


def run_tables():
    count = Count('tables')
    for path in ('frictionless/resource/__spec__/test_validate.py',
                 'frictionless/resource/__spec__/test_validate_schema.py'):
        for test, shared in tests_of(path):
            run_test(count, test, shared)
    count.tell()


run_cells()
run_fields()
run_uses()
run_tables()
