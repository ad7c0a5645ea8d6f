"""The table of the specification's rules and the tests that show them: read from the files, judged, written."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "lint"))
import source  # noqa: E402

ROWS, REASONS, README = "tests/spec/rows.tsv", "tests/spec/reasons", "tests/spec/README.md"
NEEDED = "MVS"  # levels whose rows need a test or a sentence
SHOWS = re.compile(r"^(?://|#) Shows: *(.*)$")
TEST = re.compile(r"^TEST(?:_F|_P)?\((\w+), *(\w+)\)")
NO_TESTS = ("tests/lint/", "tests/spec/")  # speak of Shows lines, have none

INTRODUCTION = """\
# tests/spec

What runtime-spec 1.3 asks of a runtime on Linux, row by row, and the tests that show it. `generate` writes this
file: from `rows.tsv` (the rules in our own words), from `reasons` (a sentence where no test can be or where we
deviate), and from the comment lines `Shows: ID, …` of the tests. `tests/lint/spec` fails when a row has neither
test nor sentence. `vectors` are the specification's own documents, good and bad.

Levels: **M** the runtime must; **V** the document must, so the runtime refuses; **S** should; **Y** may, and **N** not
written down, our decision; rows of the last two are here when a test names them.
"""


class Row:
    def __init__(self, name, level, statement):
        self.name, self.level, self.statement = name, level, statement
        self.tests = []  # (text, path)
        self.reason = ""


class Table:
    def __init__(self):
        self.report = source.Report()
        self.sections = []  # (title, rows)
        self.rows = {}
        self._read_rows()
        self._read_reasons()
        for path in source.files():
            if path.startswith("tests/") and not path.startswith(NO_TESTS):
                self._read_test(path)

    def _read_rows(self):
        for number, line in enumerate(source.read(ROWS).splitlines(), 1):
            if line.startswith("## "):
                self.sections.append((line[3:], []))
            elif not line.startswith("#"):
                fields = line.split("\t")
                if len(fields) != 3 or fields[1] not in tuple("MVSYN") or not self.sections:
                    self.report.add(ROWS, number, "not: id, level, statement, below a heading")
                elif fields[0] in self.rows:
                    self.report.add(ROWS, number, f"{fields[0]} is there twice")
                else:
                    self.rows[fields[0]] = Row(*fields)
                    self.sections[-1][1].append(self.rows[fields[0]])

    def _read_reasons(self):
        for number, line in enumerate(source.read(REASONS).splitlines(), 1):
            if line.startswith("#"):
                continue
            name, _, sentence = line.partition(" ")
            if name not in self.rows:
                self.report.add(REASONS, number, f"{name} is no row of {ROWS}")
            elif not sentence.strip() or self.rows[name].reason:
                self.report.add(REASONS, number, f"{name} needs one sentence")
            else:
                self.rows[name].reason = sentence.strip()

    def _read_test(self, path):
        """A line of C++ is about the next TEST, any other about its file."""
        is_cc = path.endswith(".cc")
        waiting = []  # (line, id) for the next TEST
        for number, line in enumerate(source.read(path).splitlines(), 1):
            shows, test = SHOWS.match(line), TEST.match(line)
            if shows:
                waiting += [(number, name) for name in re.split(r", *", shows.group(1).rstrip(", "))]
            if waiting and (test or not is_cc):
                label = ".".join(test.groups()) if test else os.path.basename(path).removesuffix(".sh")
                self._add(path, waiting, label)
                waiting = []
            elif waiting and not line.startswith("//"):
                self.report.add(path, number, "a Shows line is not above a TEST")
                waiting = []
        if waiting:
            self.report.add(path, waiting[0][0], "a Shows line is above nothing")

    def _add(self, path, names, label):
        for number, name in names:
            if name not in self.rows:
                self.report.add(path, number, f"Shows: {name!r} is no row of {ROWS}")
            elif (label, path) not in self.rows[name].tests:
                self.rows[name].tests.append((label, path))

    def judge(self):
        """Adds to the report what is missing."""
        for row in self.rows.values():
            if row.level in NEEDED and not row.tests and not row.reason:
                self.report.add(ROWS, 0, f"no test shows {row.name} ({row.level}: {row.statement})")
        if source.read(README) != self.text():
            self.report.add(README, 0, "not what tests/spec/generate writes")

    def text(self):
        needed = [row for row in self.rows.values() if row.level in NEEDED]
        counts = [f"{sum(row.level == level for row in needed)} {level}" for level in NEEDED]
        tested = sum(bool(row.tests) for row in needed)
        lines = [INTRODUCTION, f"{', '.join(counts)}; a test shows {tested} of these {len(needed)} rows."]
        for title, rows in self.sections:
            lines += ["", f"## {title}", "", "| id | | rule | shown by |", "|---|---|---|---|"]
            lines += [_line(row) for row in rows if row.level in NEEDED or row.tests]
        return "\n".join(lines) + "\n"


def _line(row):
    links = [f"[{label}](../{path.removeprefix('tests/')})" for label, path in row.tests]
    shown = ", ".join(links) or ("" if row.reason else "**nothing yet**")
    cells = (row.name, row.level, row.statement, " — ".join(filter(None, (shown, row.reason))))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
