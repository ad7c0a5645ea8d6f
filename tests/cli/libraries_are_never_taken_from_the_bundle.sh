#!/bin/bash
# containerd runs us in the bundle with an empty entry in LD_LIBRARY_PATH, which means just there.
. "$(dirname "$0")/lib.sh"

mkdir "$work/plant"
cd "$work/plant"
for library in $(ldd "$TARE" | grep -Eo '^\s*lib[^ ]+'); do echo 'not a library' > "$library"; done
[ -e libc.so.6 ] || skip 'the program is linked statically'
status 127 env LD_LIBRARY_PATH=/opt/lib: /bin/true  # the plant works
status 0 env LD_LIBRARY_PATH=/opt/lib: "$TARE" --version
