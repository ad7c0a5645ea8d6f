#!/bin/bash
# keyctl(2): the one named _ses.ID that the container has, or the caller's where create was told so.
. "$(dirname "$0")/lib.sh"

configure '.linux.maskedPaths = []'
sleeper
number() { tare exec "$1" sed -n "s/^\([0-9a-f]*\) .* _ses\.$1: .*/\1/p" /proc/keys; }
tare run --detach --bundle "$bundle" "$tag" < /dev/null > "$work/up" 2>&1
first=$(number "$tag")
has "$first" '^[0-9a-f]+$'
equal "$(number "$tag")" "$first"
tare delete --force "$tag"
# /proc/keys shows others for a while after their end: another name.
tare run --no-new-keyring --detach --bundle "$bundle" "$tag.b" < /dev/null > "$work/up" 2>&1
equal "$(number "$tag.b")" ''
tare delete --force "$tag.b"
