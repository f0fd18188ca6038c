#!/usr/bin/env python3
"""Synthetic weekly reports: nothing in them happened.

  reports.py FIRST WEEKS [SEED]

writes, as TSV, a report of each laureate of data/deffinov/projets.tsv for each
of WEEKS weeks from the Monday of the date FIRST on, in the columns of
data/deffinov/schemas/rapports-hebdomadaires.yaml. The figures come from a
generator seeded with SEED (1): the same words give the same bytes everywhere.

What a real collection has is in them:
- a laureate's report is missing now and then, one week in twelve or so;
- all of a region is missing in one week in sixteen, which is told by the
  region's place in the list and the number of the week, so that tests know it:
  week w (from 0) lacks region r (from 0) when w % 16 == (r * 5 + 3) % 16;
- the expense is not known in one report of ten;
- one report of forty is cancelled, one of five is provisional;
- a project's learners have a level of their own, and stop in August;
- its place is a commune of the region, the same every week.
"""
import datetime
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
THEMES = ["Culture", "Économie circulaire", "Entrepreneuriat", "Fablab",
          "Insertion", "Jeunesse", "Métiers d'art", "Numérique",
          "Transition écologique"]
PUBLICS = ["Demandeurs d'emploi", "Jeunes et NEET", "Habitants des QPV",
           "Porteurs de projets", "Tout public"]
COLUMNS = ["rapport", "semaine", "projet", "region", "departement",
           "code_insee", "thematiques", "publics", "apprenants", "heures",
           "depense_eur", "termines", "abandons", "statut", "commentaire"]


class Draw:
    """splitmix64 (Steele, Lea and Flood, 2014), seeded by a text."""

    def __init__(self, text):
        self.state = 0xCBF29CE484222325
        for byte in text.encode():
            self.state = (self.state ^ byte) * 0x100000001B3 % 2**64

    def below(self, n):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
        return (z ^ z >> 31) % n


def table(path):
    with open(os.path.join(TOP, "data", path), encoding="utf-8") as f:
        names = f.readline().rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in f]


def some(draw, values, most):
    start = draw.below(len(values))
    return "|".join(values[(start + 2 * i) % len(values)]
                    for i in range(1 + draw.below(most)))


def project(record, communes, seed):
    draw = Draw(f"{seed} {record['projet']}")
    place = communes[record["region"]]
    place = place[draw.below(len(place))]
    return {"projet": record["projet"], "region": record["region"],
            "departement": place["departement_code"],
            "code_insee": place["code"],
            "thematiques": some(draw, THEMES, 3),
            "publics": some(draw, PUBLICS, 2),
            "level": 2 + draw.below(25), "cents": 700 + draw.below(1400)}


def report(of, week, monday, seed):
    """The report of a project and week, or None."""
    draw = Draw(f"{seed} {of['projet']} {week}")
    if draw.below(12) == 0:
        return None
    learners = 0 if monday.month == 8 else max(
        0, of["level"] + draw.below(9) - 4)
    quarters = sum(8 + draw.below(120) for _ in range(learners))
    cents = quarters * of["cents"] // 4 + draw.below(20000)
    year, number, _ = monday.isocalendar()
    row = dict(of)
    row.update(
        rapport=f"{of['projet']}-{year}-W{number:02}",
        semaine=monday.isoformat(), apprenants=learners,
        heures=f"{quarters / 4:g}",
        depense_eur="" if draw.below(10) == 0
        else f"{cents // 100}.{cents % 100:02}",
        termines=min(learners, draw.below(4)),
        abandons=1 if learners > 4 and draw.below(6) == 0 else 0)
    kind = draw.below(40)
    row["statut"] = ("annule" if kind == 0 else
                     "provisoire" if kind < 9 else "valide")
    row["commentaire"] = "" if kind else "Saisi deux fois"
    return row


def main():
    first = datetime.date.fromisoformat(sys.argv[1])
    first -= datetime.timedelta(days=first.weekday())
    weeks = int(sys.argv[2])
    seed = sys.argv[3] if len(sys.argv) > 3 else "1"
    regions = [r["region"] for r in table("deffinov/appels.tsv")]
    communes = {r: [] for r in regions}
    for commune in table("reference/communes.tsv"):
        communes.get(commune["region_code"], []).append(commune)
    projects = [project(p, communes, seed)
                for p in table("deffinov/projets.tsv")]
    print("\t".join(COLUMNS))
    for week in range(weeks):
        monday = first + datetime.timedelta(weeks=week)
        for of in projects:
            lacks = (regions.index(of["region"]) * 5 + 3) % 16
            row = report(of, week, monday, seed)
            if row is not None and week % 16 != lacks:
                print("\t".join(str(row[c]) for c in COLUMNS))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
