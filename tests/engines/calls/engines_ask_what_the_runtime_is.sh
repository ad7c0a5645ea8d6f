#!/bin/bash
# --version as dockerd, go-runc and nerdctl parse it, and features as containerd, Docker and nerdctl do.
. "$(dirname "$0")/engine.sh"

# dockerd: what follows "version" in the last line that has the word, and the line of the commit.
docker() { "$1" --version | awk '/version/ { sub(/.*version */, ""); version = $1 } /^commit:/ { commit = $2 } END { print version }'; }
has "$(docker "$TARE")" '^[0-9]+\.[0-9]+\.[0-9]+'
equal "$("$TARE" --version | grep -c version)" 1

# go-runc and nerdctl know runc alone: three words, the first of them its name; then two lines with their marks.
ln -s "$TARE" "$work/runc"
has "$("$work/runc" --version | head -n 1)" '^runc version [^ ]+$'
has "$("$work/runc" --version | sed -n 's/^spec: //p')" '^1\.[0-9]+\.[0-9]+$'
equal "$(docker "$work/runc")" "$(docker "$TARE")"

# An absolute path and no global option; standard output alone is parsed, and what is missing counts as "cannot".
for program in "$TARE" "$work/runc"; do
  env -i "$program" features 2> "$work/err" > "$work/features"
  equal "$(cat "$work/err")" ''
  jq -e '.linux.mountExtensions.idmap.enabled and (.mountOptions | index("rro") != null) and
    (.linux.namespaces | index("user") != null) and .linux.cgroup.v2' "$work/features" > "$work/out"
done
