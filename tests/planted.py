#!/usr/bin/env python3
"""Writes a package whose table has fifty planted defects, each of another
kind, and what should be found: planted.py DIR. Run from tests/findings.bats.

A defect is what is done to a good row, and the one finding it should bring.
Where that stands is worked out here, from the text of the row: the line, and
the column in characters where the cell starts.
"""
import os
import sys

LONG = "Atelier de fabrication numérique et de menuiserie partagée"

FIELDS = """\
fields:
  - {name: session, constraints: {required: true, pattern: "S-[0-9]{3}"}}
  - {name: nom, constraints: {required: true, minLength: 3, maxLength: 40}}
  - {name: debut, type: date, constraints: {minimum: 2022-06-01}}
  - {name: fin, type: date, format: "%d/%m/%Y"}
  - {name: heure, type: time}
  - {name: cree, type: datetime}
  - {name: annee, type: year, constraints: {maximum: 2030}}
  - {name: mois, type: yearmonth}
  - {name: duree, type: duration}
  - {name: places, type: integer, constraints: {minimum: 1, maximum: 500}}
  - {name: tarif, type: number,
     constraints: {exclusiveMinimum: 0, exclusiveMaximum: 10000}}
  - {name: ouvert, type: boolean, trueValues: [oui], falseValues: [non]}
  - {name: courriel, type: string, format: email}
  - {name: site, type: string, format: uri, constraints: {unique: true}}
  - {name: cle, type: string, format: uuid}
  - {name: statut, constraints: {enum: [ouverte, complète, close]}}
  - {name: code_insee, constraints: {pattern: "[0-9]{5}"}}
  - {name: niveau, constraints: {pattern: "^(débutant|confirmé|expert)$"}}
  - name: publics
    constraints:
      pattern: "(?:(?:^|, )(jeunes|salariés|seniors|demandeurs d'emploi))+$"
  - name: themes
    type: list
    constraints: {enum: [numérique, bois, couture, cuisine], minLength: 2}
  - {name: lieu, type: geopoint}
  - {name: options, type: object}
  - {name: jours, type: array}
  - {name: region, constraints: {required: true}}
  - {name: suite}
  - {name: salle}
  - {name: financeur, constraints: {required: true}}
primaryKey: session
uniqueKeys: [[nom, salle]]
foreignKeys:
  - {fields: region, reference: {resource: regions, fields: code}}
  - {fields: suite, reference: {resource: "", fields: session}}
"""

PACKAGE = """\
tables:
  - {name: sessions, path: sessions.csv, schema: sessions.yaml}
  - {name: regions, path: regions.tsv}
rules:
  - id: dates
    table: sessions
    where: session == "S-048"
    check: debut < date("2025-01-01")
    field: debut
    message: la session commence trop tard
  - id: salles
    table: sessions
    group: salle
    where: salle == "salle partagée"
    compare: {left: "sum(group, places)", op: <=, right: "20", unit: places}
    stake: {amount: "sum(group, tarif)", unit: €}
    message: trop de places dans la {salle}
  - id: total
    table: regions
    where: code == "28"
    compare: {left: annoncees, right: count(sessions where region == this.code)}
    message: sessions annoncées et listées
"""

NAMES = [line.split("name: ")[1].split(",")[0].split("}")[0].strip()
         for line in FIELDS.splitlines() if "name: " in line]


def good(number):
    """A row without a defect."""
    return dict(zip(NAMES, [
        f"S-{number:03}", f"Atelier {number}", "2024-09-02", "20/12/2024",
        "09:30:00", "2024-06-01T10:00:00Z", "2024", "2024-09", "P3M", "12",
        "150.5", "oui", "contact@exemple.fr", f"https://exemple.fr/{number}",
        f"123e4567-e89b-12d3-a456-426614174{number:03}", "ouverte", "01004",
        "débutant", "jeunes, seniors", "numérique|bois", "2.35, 48.85",
        '{"a": 1}', "[1, 2]", "76", "", f"salle {number}", "Région"]))


def cell(field, value, code="constraint-error", suggestion=""):
    """The cell becomes the value, which is wrong."""
    return ({field: value}, code, field, value, suggestion)


def typed(field, value, suggestion=""):
    return cell(field, value, "type-error", suggestion)


# One a row: (cells that change, code, field, value, suggestion).
CELLS = [
    typed("debut", "02/09/2024", "2024-09-02"),
    typed("debut", "2024-02-30"),
    typed("fin", "2024-12-20", "20/12/2024"),
    typed("heure", "25:10:00"),
    typed("cree", "le 1er juin"),
    typed("annee", "24"),
    typed("mois", "2024-13"),
    typed("duree", "trois mois"),
    typed("places", "douze"),
    typed("places", "12.5"),
    typed("tarif", "150,50", "150.50"),
    typed("ouvert", "Oui", "oui"),
    typed("courriel", "contact.exemple.fr"),
    typed("site", "exemple.fr"),
    typed("cle", "123e4567-e89b"),
    typed("lieu", "48.85"),
    typed("options", '{"a": }'),
    typed("jours", "[1, 2"),
    ({"nom": ""}, "constraint-error", "nom", "", ""),
    cell("nom", "TP"),
    cell("nom", LONG),
    cell("debut", "2021-01-04"),
    cell("annee", "2031"),
    cell("places", "0"),
    cell("places", "501"),
    cell("tarif", "0"),
    cell("tarif", "10000"),
    cell("statut", "complétte", suggestion="complète"),
    cell("statut", "Complete", suggestion="complète"),
    cell("code_insee", "1004", suggestion="01004"),
    cell("session", "session 33"),
    cell("niveau", "debutant", suggestion="débutant"),
    cell("publics", "jeunes, demandeur d'emploi",
         suggestion="jeunes, demandeurs d'emploi"),
    ({"themes": "bois|coutures"}, "constraint-error", "themes", "coutures",
     "couture"),
    cell("themes", "bois"),
    cell("session", "S-001", "primary-key"),
    cell("site", "https://exemple.fr/2", "unique-error"),
    ({"nom": "Atelier 2", "salle": "salle 2"}, "unique-error", "nom, salle",
     "Atelier 2,salle 2", ""),
    cell("region", "67", "foreign-key", "76"),
    cell("suite", "S-999", "foreign-key", "S-009"),
]


def quote(text):
    if '"' in text or ";" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


class Table:
    def __init__(self):
        self.lines = []
        self.found = []

    def add(self, values):
        """A row, given as its cells; says where each of them starts."""
        columns, at = [], 1
        for value in values:
            columns.append(at)
            at += len(quote(value)) + 1
        self.lines.append(";".join(quote(value) for value in values))
        return len(self.lines), columns

    def find(self, line, column, code, field="", value="", suggestion=""):
        self.found.append((line, column, code, field, value, suggestion))


def plant(table):
    header = [name for name in NAMES if name != "financeur"]
    table.add(header + ["financeurs", "remarque"])
    table.find(1, "", "missing-label", "financeur", "", "financeurs")
    table.find(1, "", "extra-label", "remarque")
    number = 0
    for number, defect in enumerate(CELLS, 1):
        changes, code, field, value, suggestion = defect
        row = good(number)
        row.update(changes)
        line, columns = table.add(list(row.values()) + [""])
        first = field.split(",")[0]
        table.find(line, columns[NAMES.index(first)], code, field, value,
                   suggestion)
    # rows whose cells are too few, too many, or in the wrong place
    table.lines.append("")
    table.find(len(table.lines), "", "blank-row")
    row = list(good(43).values())
    line, _ = table.add(row[:20])
    table.find(line, "", "missing-cell", NAMES[20])
    line, _ = table.add(row + ["", "de trop"])
    table.find(line, "", "extra-cell")
    at = NAMES.index("places")
    row = list(good(44).values())
    line, columns = table.add(row[:at] + [""] + row[at:])
    # a number of places is a tariff too: the next is the first wrong cell
    table.find(line, columns[at + 2], "row-error", NAMES[at + 2])
    row = list(good(45).values())
    line, columns = table.add(row[:at] + row[at + 1:] + ["", ""])
    table.find(line, columns[at], "row-error", NAMES[at])
    row = list(good(48).values()) + [""]
    row[2] = "2025-09-01"
    late = table.add(row)
    for number in (49, 50):
        row = good(number)
        row["salle"] = "salle partagée"
        place = table.add(list(row.values()) + [""])
        if number == 49:
            shared = place
    table.find(late[0], late[1][2], "row-constraint", "debut", "2025-09-01")
    table.find(shared[0], "", "row-constraint", "", "24")
    table.find(2, 4, "row-constraint", "annoncees", "3")


def write(directory, name, text):
    with open(os.path.join(directory, name), "w", encoding="utf-8",
              newline="") as file:
        file.write(text)


def main(directory):
    table = Table()
    plant(table)
    write(directory, "sessions.csv", "\r\n".join(table.lines) + "\r\n")
    write(directory, "sessions.yaml", FIELDS)
    write(directory, "package.yaml", PACKAGE)
    write(directory, "regions.tsv", "code\tannoncees\n28\t3\n76\t60\n")
    write(directory, "wanted.tsv", "".join(
        "\t".join(str(part).replace("|", "\\|") for part in row) + "\n"
        for row in table.found))


main(sys.argv[1])
