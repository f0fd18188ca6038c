#!/usr/bin/env python3
"""Recomputes indicators from the records, with Python's exact fractions and
its own ISO calendar: what tests/indicators.bats holds dfv-stats -i against.

  indicators.py activity REPORTS AS_OF PERIOD COMPARE
  indicators.py published DATA

Both print TSV: activity the columns periode, region, indicateur, valeur,
precedent, evolution, statut; published region, reseau, thematiques, publics,
indicateur, valeur, publie.
"""
import datetime
import sys
from fractions import Fraction
from pathlib import Path

DAY = datetime.timedelta(days=1)


def table(path):
    with open(path, encoding="utf-8") as f:
        names = f.readline().rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in f]


def total(values):
    """The sum of the cells that are not empty; None of none."""
    values = [Fraction(v) for v in values if v != ""]
    return sum(values) if values else None


def rounded(x, digits):
    """Halves away from zero; everything here is positive."""
    if x is None:
        return None
    scaled = x * 10**digits + Fraction(1, 2)
    return Fraction(scaled.numerator // scaled.denominator, 10**digits)


def shown(x):
    """A decimal without zeros behind the point; None is empty."""
    if x is None:
        return ""
    digits = 0
    while (x * 10**digits).denominator != 1:
        digits += 1
    n = abs(int(x * 10**digits))
    text = str(n).rjust(digits + 1, "0")
    whole, part = text[:len(text) - digits], text[len(text) - digits:]
    return ("-" if x < 0 else "") + whole + ("." + part if part else "")


# --- activity -----------------------------------------------------------------

def name_of(day, period):
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return {"month": f"{day.year}-{day.month:02}",
            "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
            "year": f"{day.year}"}[period]


def year_ago(name):
    return f"{int(name[:4]) - 1:04}{name[4:]}"


def ratio(above, below):
    return None if above is None or not below else above / below


def figures(rows):
    rows = [r for r in rows if r["statut"] != "annule"]
    known = [r for r in rows if r["depense_eur"] != ""]
    ended = total(r["termines"] for r in rows)
    return {
        "rapports": Fraction(len(rows)),
        "projets-actifs": Fraction(len(
            {r["projet"] for r in rows if int(r["apprenants"]) > 0})),
        "apprenants": total(r["apprenants"] for r in rows),
        "heures": total(r["heures"] for r in rows),
        "depense": total(r["depense_eur"] for r in rows),
        "cout-heure": rounded(ratio(
            total(r["depense_eur"] for r in known),
            total(r["heures"] for r in known)), 2),
        "achevement-part": rounded(ratio(
            None if ended is None else 100 * ended,
            None if ended is None else
            ended + total(r["abandons"] for r in rows)), 1),
    }


def activity(reports, as_of, period, compare):
    data = Path(__file__).resolve().parent.parent / "data" / "deffinov"
    owers = [r["region"] for r in table(data / "appels.tsv")]
    as_of = datetime.date.fromisoformat(as_of)
    by = {}
    days = set()
    for r in table(reports):
        day = datetime.date.fromisoformat(r["semaine"])
        days.add(day)
        for region in (r["region"], "national"):
            by.setdefault((name_of(day, period), region), []).append(r)
    names, day = [], min(days)
    while day <= as_of:
        if (name_of(day, period) != name_of(day + DAY, period)):
            names.append(name_of(day, period))
        day += DAY
    lacking = {n: {o for o in owers if (n, o) not in by} for n in names}
    print("periode", "region", "indicateur", "valeur", "precedent",
          "evolution", "statut", sep="\t")
    for i, name in enumerate(names):
        before = (year_ago(name) if compare == "year-ago" else
                  names[i - 1] if i > 0 else None)
        for indicator in figures([]):
            for region in owers + ["national"]:
                def value(n):
                    rows = by.get((n, region))
                    if rows is None or n not in lacking:
                        return None
                    return figures(rows)[indicator]

                def lacks(n):
                    return (bool(lacking[n]) if region == "national"
                            else region in lacking[n])

                now, old = value(name), value(before)
                status = ("sans-rapport" if (name, region) not in by else
                          "sans-valeur" if now is None else
                          "incomplet" if lacks(name) else "")
                change = (None if now is None or old is None or lacks(name)
                          or lacks(before) else now - old)
                print(name, region, indicator, shown(now), shown(old),
                      shown(change), status, sep="\t")


# --- published ----------------------------------------------------------------

def published(data):
    data = Path(data)
    known = {}
    for r in table(data / "indicateurs-publies.tsv"):
        values = known.setdefault((r["indicateur"], r["perimetre"]), [])
        if r["valeur"] not in values:
            values.append(r["valeur"])
    region_of = {r["projet"]: r["region"]
                 for r in table(data / "projets.tsv")}
    network_of = {r["organisation"]: r["reseau"]
                  for r in table(data / "organisations.tsv")}
    members = table(data / "membres.tsv")
    portraits = table(data / "portraits.tsv")
    calls = table(data / "appels.tsv")
    announced = {r["region"]: r["projets_annonces"] for r in calls}

    def put(column, group, indicator, value, extra=()):
        cells = dict.fromkeys(
            ("region", "reseau", "thematiques", "publics"), "")
        if column:
            cells[column] = group
        values = list(known.get((indicator, group or "national"), []))
        values += [v for v in extra if v not in values]
        print(*cells.values(), indicator,
              "" if value is None else shown(Fraction(value)),
              "|".join(values), sep="\t")

    def each(column, key, rows, indicator, value, extra=None):
        groups = {}
        for r in rows:
            for group in key(r):
                groups.setdefault(group, []).append(r)
        for group, own in groups.items():
            put(column, group, indicator, value(own),
                [extra[group]] if extra else ())
        put(column, "national", indicator, value(rows))

    def distinct(column, role=None):
        return lambda rows: len({r[column] for r in rows
                                 if role in (None, r["role"])})

    def of_region(r):
        return [region_of[r["projet"]]]

    def of_network(r):
        return [network_of[r["organisation"]]]

    each("region", of_region, table(data / "projets.tsv"),
         "projets-laureats", len, announced)
    each("region", of_region, members, "tiers-lieux-consortiums",
         distinct("organisation", "tiers-lieu"))
    each("region", of_region, members, "organismes-formation-consortiums",
         distinct("organisation", "organisme-de-formation"))
    each("region", of_region, members, "projets-avec-tiers-lieu",
         distinct("projet", "tiers-lieu"))
    each("region", of_region, members, "projets-avec-organisme-formation",
         distinct("projet", "organisme-de-formation"))
    each("region", of_region, members, "membres-consortium-moyenne",
         lambda rows: rounded(
             Fraction(len(rows), distinct("projet")(rows)), 1))
    each("reseau", of_network, members, "organismes-reseau",
         distinct("organisation", "organisme-de-formation"))
    each("reseau", of_network, members, "projets-reseau", distinct("projet"))
    each("thematiques", lambda r: r["thematiques"].split("|"), portraits,
         "portraits-thematique", len)
    each("publics", lambda r: r["publics"].split("|"), portraits,
         "portraits-public", len)
    put("", "", "appels-a-projets", len(calls))
    put("", "", "regions-participantes", len(announced))
    put("", "", "departements-representes",
        total(r["departements_couverts"] for r in calls))
    for r in calls:
        put("region", r["region"], "departements-couverts",
            r["departements_couverts"] or None)
    put("", "", "projets-zone-rurale-part", rounded(
        100 * total(r["projets_ruralite"] for r in calls)
        / total(announced.values()), 1))
    put("", "", "budget-programme", total(r["budget_eur"] for r in calls))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    {"activity": activity, "published": published}[sys.argv[1]](*sys.argv[2:])
