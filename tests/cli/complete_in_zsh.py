#!/usr/bin/env python3
"""What zsh makes of a line when tab is pressed: complete_in_zsh.py FOLDER LINE

FOLDER has the completion function. The line as zsh shows it afterwards, and what it lists below, one
a line.
"""
import os
import pty
import re
import select
import sys
import time

folder, line = sys.argv[1:]
pid, fd = pty.fork()
if pid == 0:
    os.environ.update(TERM="dumb", PS1="", PS2="", ZDOTDIR="/nonexistent")
    os.execvp("zsh", ["zsh", "-f", "-i"])


def read_until(mark, seconds=20):
    text, end = "", time.monotonic() + seconds
    while mark not in text:
        if not select.select([fd], [], [], max(0, end - time.monotonic()))[0]:
            sys.exit(f"zsh did not say {mark!r}: {text!r}")
        text += os.read(fd, 65536).decode(errors="replace")
    return text


# The mark is put together by zsh, so that the echo of the line does not look like it.
os.write(fd, (f"PROMPT=; RPROMPT=; fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -D; "
              "show() { print; print -r -- \"BUFFER<$BUFFER>\"; print -r -- EN''D }; zle -N show; "
              "bindkey '^X' show; print REA''DY\n").encode())
read_until("READY")
os.write(fd, (line + "\t\x18").encode())
text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\r|\x07", "", read_until("END"))
print(re.search("^BUFFER<(.*)>$", text, re.M).group(1))
listed = text[:text.index("BUFFER<")].split("\n")[1:-1]
print("".join(f"{word}\n" for row in listed if row != line for word in row.split("  ")[:1] if word), end="")
os.close(fd)
