#!/bin/bash
# Whoever may write there could plant a container.
. "$(dirname "$0")/lib.sh"

mkdir "$root"
chmod 777 "$root"
refused "$root" tare create --bundle "$bundle" c1
chmod 755 "$root"
chown 12345 "$root"
refused "$root" tare create --bundle "$bundle" c1
rmdir "$root"
echo > "$root"
refused 'not a directory' tare create --bundle "$bundle" c1
rm "$root"
