#!/bin/bash
# Images may come from anywhere: what lies where criu writes its log is removed, what we read is a file.
. "$(dirname "$0")/lib.sh"

fake_criu
sleeper
mkdir "$images"
echo precious > "$work/precious"
ln -s "$work/precious" "$images/restore.log"
echo '[]' > "$images/descriptors.json"
criu_is fail
restore() { tare restore --detach --bundle "$bundle" --image-path "$images" c1; }
refused 'it is broken' restore
equal "$(cat "$work/precious")" precious
rm "$images/descriptors.json"
refused 'descriptors.json: no such file or directory' restore
ln -s "$work/precious" "$images/descriptors.json"
refused 'descriptors.json: too many levels of symbolic links' restore
rm "$images/descriptors.json"
mkfifo "$images/descriptors.json"
refused 'descriptors.json is not a regular file' restore
rm "$images/descriptors.json"
for wrong in '{}' '[1]' '["a","b","c","d"]' 'x'; do
  echo "$wrong" > "$images/descriptors.json"
  refused 'descriptors.json' restore
done
# A mount point is made inside the root file system, whatever its links say.
echo '[]' > "$images/descriptors.json"
criu_is ok
mkdir "$work/outside"
ln -s "$work/outside" "$bundle/rootfs/link"
configure '.mounts += [{destination: "/link/made", source: "/tmp", type: "bind", options: ["bind"]}]'
restore > /dev/null 2>&1
equal "$(ls "$work/outside")" ''
[ -d "$bundle/rootfs$work/outside/made" ] || fail 'no mount point inside'
tare delete --force c1
