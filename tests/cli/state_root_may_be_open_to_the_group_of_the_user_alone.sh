#!/bin/bash
# Where each user has a group of his own, the umask lets it write.
. "$(dirname "$0")/lib.sh"

ordinary_user
chmod 770 "$root"
equal "$(user_tare list --quiet)" ''
chmod 772 "$root"
refused 'can be written by group or others' user_tare list
chmod 770 "$root"
chgrp 0 "$root"
refused 'can be written by group or others' user_tare list
chgrp $user_id "$root"
