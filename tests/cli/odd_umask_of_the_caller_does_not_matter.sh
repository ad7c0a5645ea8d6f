#!/bin/bash
. "$(dirname "$0")/lib.sh"

script 'umask; touch /tmp/made; stat -c %a /tmp/made /dev/null'
configure '.process.user.umask = 18'
for mask in 0777 0000; do
  equal "$(umask $mask; tare run --bundle "$bundle" c1)" $'0022\n644\n666'
  rm "$bundle/rootfs/tmp/made"
done
