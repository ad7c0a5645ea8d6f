#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
echo '{"args": [1], "env": ["x"], "terminal": "no", "user": {"uid": -1}}' > "$work/p.json"
exec_refused 'p.json: ' -p "$work/p.json" c1
for pattern in '/args/0: expected a string' "/env/0: invalid environment variable: missing '='" \
  '/terminal: expected a boolean' '/user/uid: ' '/cwd: '; do
  has "$(cat "$work/err")" "$pattern"
done
equal "$(wc -l < "$work/err")" 1
exec_refused 'no such file or directory' -p "$work/none.json" c1
mkfifo "$work/fifo"
exec_refused 'fifo: parse error' -p "$work/fifo" c1  # nobody writes: its end, at once
exec_refused 'is not a regular file' -p /dev/null c1
tare delete --force c1
