#!/bin/bash
# What engines turn into 126 and 127.
. "$(dirname "$0")/lib.sh"

echo data > "$bundle/rootfs/data"
printf '#!/mmnnttbb foo bar\nsh\n' > "$bundle/rootfs/run.sh"
chmod 755 "$bundle/rootfs/run.sh"
running
exec_refused 'exec: "/nope": stat /nope: no such file or directory$' c1 /nope
exec_refused 'exec: "nope": executable file not found in \$PATH$' c1 nope
exec_refused 'exec: "/etc": is a directory: permission denied$' c1 /etc
exec_refused 'exec: "/data": permission denied$' c1 /data
exec_refused 'exec: "/data/x": stat /data/x: not a directory$' c1 /data/x
exec_refused '^exec c1: exec /run.sh: no such file or directory$' c1 /run.sh
equal "$(wc -l < "$work/err")" 1
exec_refused 'args must not be empty|exec args cannot be empty' c1
exec_refused 'chdir to cwd \("/none"\).*no such file or directory' --cwd /none c1 true
exec_refused '/cwd: Cwd must be an absolute path' --cwd none c1 true
tare delete --force c1
