#!/bin/bash
# Bind mounts: of a directory with another inside, of a file, over a link; masks of files. Mount points
# that are missing at the restore are made again. Nothing gets mounted on the host (the suite looks).
. "$(dirname "$0")/../lib.sh"

mkdir "$WORK/outer" "$WORK/inner" "$WORK/linked"
echo one >"$WORK/inner/word"
echo file >"$WORK/file"
bundle "while :; do cat /mnt/deep/inner/word /etc/file >/tmp/seen; cat /link/word >>/tmp/seen; sleep 0.1; done"
edit_config '.mounts += [
    {destination: "/mnt", source: ($work + "/outer"), options: ["bind"]},
    {destination: "/mnt/deep/inner", type: "bind", source: "../inner", options: ["rbind", "ro"]},
    {destination: "/etc/file", type: "bind", source: ($work + "/file"), options: ["bind"]},
    {destination: "/link", type: "bind", source: ($work + "/linked"), options: ["bind"]}]' --arg work "$WORK"
mkdir "$BUNDLE/rootfs/real"
ln -s /real "$BUNDLE/rootfs/link"
echo linked >"$WORK/linked/word"
seen() { [ "$(cat "$BUNDLE/rootfs/tmp/seen")" = "$1" ]; }
quietly c
wait_for seen $'one\nfile\nlinked'
checkpoint c
# What the container writes stays: it may be open, and criu wants it back as it was.
rm -r "${WORK:?}/outer/"*
echo two >"$WORK/inner/word"
restore c
wait_for seen $'two\nfile\nlinked'
mounts=/proc/$(runtime state c | jq .pid)/mountinfo
contains "mounts" "$(cut -d' ' -f5,6 "$mounts")" '/mnt/deep/inner ro'
contains "mounts" "$(cut -d' ' -f5,6 "$mounts")" '/proc/kcore|/proc/keys'
