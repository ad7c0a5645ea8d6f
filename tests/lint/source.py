"""What the lints share: which files there are, and their text without comments and strings."""
import os
import re
import subprocess
import sys

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))


def root():
    """The tree to look at: the first argument (the self-test's), else the one we are in."""
    return os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else HOME


def files(*endings):
    """Paths, relative to the root, of the files that are or may become part of the repository."""
    listed = subprocess.run(
        ["git", "-C", root(), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True, stdout=subprocess.PIPE).stdout.decode().split("\0")
    return sorted(path for path in listed
                  if path.endswith(endings or ("",)) and os.path.isfile(os.path.join(root(), path)))


def read(path):
    with open(os.path.join(root(), path), encoding="utf-8", errors="replace") as file:
        return file.read()


TOKEN = re.compile(
    r'//(?:[^\n\\]|\\.|\\\n)*|/\*.*?\*/|R"(?P<tag>[^()\s]*)\(.*?\)(?P=tag)"'
    r'|"(?:[^"\\\n]|\\.)*"|(?<![0-9a-fA-F])\'(?:[^\'\\\n]|\\.)*\'', re.S)


def blank(match):
    text = match.group(0)
    lines = "\n" * text.count("\n")
    return '""' + lines if text[0] in "\"R'" else " " + lines


def code(text):
    """C++ without comments and with empty strings; lines stay where they are."""
    return TOKEN.sub(blank, text)


class Report:
    """Collects findings; the exit status says whether there were any."""

    def __init__(self):
        self.count = 0

    def add(self, path, line, message):
        self.count += 1
        print(f"{path}:{line}: {message}")

    def exit(self):
        sys.exit(1 if self.count else 0)
