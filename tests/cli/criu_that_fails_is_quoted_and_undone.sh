#!/bin/bash
# For each way to fail: what is said, that the container to be dumped lives on, and that nothing is left
# of the one to be restored.
. "$(dirname "$0")/lib.sh"

fake_criu
sleeper
tare run --detach --bundle "$bundle" c1 < /dev/null > /dev/null 2>&1
pid=$(pid_of)
folder=$(ls "$root/c1")
mkdir "$images" "$work/old"
echo '[]' > "$images/descriptors.json"
fails() {  # MODE WHAT-DUMP-SAYS WHAT-RESTORE-SAYS
  criu_is "$1"
  refused "$2" tare checkpoint --image-path "$work/dump" c1
  is_status running c1
  equal "$(pid_of)" "$pid"
  equal "$(ls "$root/c1")" "$folder"
  refused "$3" tare --root "$work/other" restore --bundle "$bundle" --image-path "$images" --pid-file "$work/pid" c2
  equal "$(ls "$work/other")" ''
  [ ! -e "$work/pid" ] || fail "$1: a pid file is left"
}
configure '.linux.cgroupsPath = $path' --arg path "/$tag-other/c2"
fails fail "^checkpoint c1: criu failed: type DUMP errno 22 \(log: $work/dump/dump.log\): Error \(criu/fake.c:1\): it is broken$" \
  "^restore c2: criu failed: type RESTORE errno 22 \(log: $images/restore.log\): Error \(criu/fake.c:1\): it is broken$"
fails die 'criu ended without an answer: exit status 3' 'criu ended without an answer: exit status 3'
fails crash 'criu was killed by signal 11' 'criu was killed by signal 11'
fails garbage 'malformed protobuf message' 'malformed protobuf message'
fails huge 'criu sent more than a reply can be' 'criu sent more than a reply can be'

# A process that is not the one restored; none at all.
restored() { tare --root "$work/other" restore --bundle "$bundle" --image-path "$images" c2; }
criu_is foreign
refused 'restore c2: waitid.*: no child processes' restored
criu_is silent
refused 'criu told of no process' restored
equal "$(ls "$work/other")" ''
[ -z "$(find "$cgroup_mount" -type d -name "$tag-other*")" ] || fail 'a cgroup is left'

# Features and versions.
criu_is refused
refused 'criu is missing features: MemTrack' tare checkpoint --pre-dump --image-path "$work/dump" c1
refused 'criu is missing features: LazyPages' tare checkpoint --lazy-pages --image-path "$work/dump" c1
echo 2.9.1 > "$FAKE_CRIU/version"
refused 'CRIU version 20901 must be 30000 or higher' tare checkpoint --image-path "$work/dump" c1
refused 'CRIU version 20901 must be 30000 or higher' restored
refused 'executable file not found in \$PATH .*package' \
  env PATH="$work/old" "$TARE" --root "$root" checkpoint --image-path "$work/dump" c1
tare delete --force c1
