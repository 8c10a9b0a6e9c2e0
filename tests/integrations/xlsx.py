"""Is the workbook of a run what its table says, for a reader that is not ours?

    pip install openpyxl && python tests/integrations/xlsx.py target/release/kyoten

Runs on the sample, opens `parcels.xlsx` with openpyxl and, where there is one, with LibreOffice, and compares every cell of
the parcels with `parcels.csv`. Ends with status 1 and says what differs.
"""

import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile

import openpyxl

STATUSES = {"eligible": "該当", "prospective": "見込み", "undetermined": "判定不能", "ineligible": "非該当"}
WHOLE = {"yes": "満たす", "no": "満たさない", "undetermined": "分からない"}
ROOT = pathlib.Path(__file__).resolve().parents[2]


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def word(name, cell):
    if name.endswith("_as_a_whole"):
        return WHOLE.get(cell, cell)
    return STATUSES.get(cell, cell)


def same(found, text):
    if found is None:
        return text == ""
    if isinstance(found, bool):
        return text == str(found).lower()
    if isinstance(found, (int, float)):
        return text != "" and float(text) == found
    return isinstance(found, str) and found == text


def compare(path, names, titles, table):
    """The differences between the sheet of parcels and the table."""
    sheet = openpyxl.load_workbook(path)["筆"]
    cells = list(sheet.iter_rows(values_only=True))
    where = {title: at for at, title in enumerate(cells[0])}
    if len(cells) != len(table) + 1:
        yield f"{path}: {len(cells) - 1} parcels and {len(table)}"
    for found, row in zip(cells[1:], table):
        for at, (name, title) in enumerate(zip(names, titles)):
            if not same(found[where[title]], word(name, row[at])):
                yield f"{path}: {name} of {row[0]}: {found[where[title]]!r} and {row[at]!r}"


def main(kyoten):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run = [kyoten, "run", str(ROOT / "data/sample"), "--no-map", "--quiet", "--format", "csv,xlsx"]
        subprocess.run([*run, "--out", folder / "out"], check=True)
        subprocess.run([*run, "--headers", "ja", "--out", folder / "titled"], check=True)
        names, *table = rows(folder / "out/parcels.csv")
        titles = rows(folder / "titled/parcels.csv")[0]
        faults = list(compare(folder / "out/parcels.xlsx", names, titles, table))
        office = shutil.which("soffice")
        if office:
            # Read and written by LibreOffice, which would have made dates and formulas of texts by then.
            again = [office, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "again"]
            subprocess.run([*again, folder / "out/parcels.xlsx"], check=True, stdout=subprocess.DEVNULL)
            faults += compare(folder / "again/parcels.xlsx", names, titles, table)
        print("\n".join(faults[:20]) or f"{len(table)} parcels, {len(names)} columns: the same" + (", by LibreOffice too" if office else ""))
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "kyoten"))
