#!/bin/bash
. "$(dirname "$0")/lib.sh"

refused 'invalid boolean value "maybe" for -no-pivot' tare create --no-pivot=maybe -b "$bundle" c1
for bad in -1 2147483648 1x '' 0x1; do
  refused "invalid value \"$bad\" for flag -preserve-fds" tare create --preserve-fds "$bad" -b "$bundle" c1
done
refused 'invalid cgroup-manager: "foo"' tare --cgroup-manager foo create -b "$bundle" c1
refused 'invalid rootless: "perhaps"' tare --rootless perhaps create -b "$bundle" c1
refused 'invalid format option: "xml"' tare list --format xml
