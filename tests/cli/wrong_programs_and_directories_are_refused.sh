#!/bin/bash
# Shows: proc-7, proc-9, user-1, user-3
. "$(dirname "$0")/lib.sh"

while read -r filter pattern; do
  plain_config > "$bundle/config.json"
  configure "$filter"
  refused "config\.json: /process/$pattern" tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
del(.process.args) args: args must not be empty
.process.args=[] args: args must not be empty
del(.process.cwd) cwd: missing
.process.cwd="" cwd: Cwd property must not be empty
.process.cwd="relative" cwd: Cwd must be an absolute path
.process.user.uid=4294967295 user/uid: 4294967295 is no id
.process.user.additionalGids=[4294967295] user/additionalGids/0: 4294967295 is no id
.process.user.umask=512 user/umask: must be at most 511
END
