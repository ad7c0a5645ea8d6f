#!/bin/bash
# --uidmap and --gidmap: several ids inside, for root directly, for an ordinary user through newuidmap and newgidmap.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"

cd "$work"
maps='cat /proc/self/uid_map /proc/self/gid_map | tr -s " "; id -u; id -g'
equal "$(timeout 20 "$TARE" sandbox --uidmap 0:0:1 --uidmap 1:100000:10 --gidmap 0:0:1 --gidmap 1:200000:10 -- sh -c "$maps")" \
  $' 0 0 1\n 1 100000 10\n 0 0 1\n 1 200000 10\n0\n0'
equal "$(timeout 20 "$TARE" sandbox --uidmap 5:0:1 --gidmap 6:0:1 --uid 5 --gid 6 -- sh -c "$maps")" $' 5 0 1\n 6 0 1\n5\n6'
status 125 timeout 20 "$TARE" sandbox --uidmap 0:0 true
status 125 timeout 20 "$TARE" sandbox --uidmap 1:100000:10 true  # the command's own is missing

ordinary_user
chmod 777 "$work"
options=(--map-root --uidmap "0:$user_id:1" --uidmap "1:$sub_ids:100" --gidmap "0:$user_id:1" --gidmap "1:$sub_ids:100")
equal "$(as_user timeout 20 "$TARE" sandbox "${options[@]}" -- sh -c "$maps")" \
  " 0 $user_id 1"$'\n'" 1 $sub_ids 100"$'\n'" 0 $user_id 1"$'\n'" 1 $sub_ids 100"$'\n0\n0'
status 125 as_user timeout 20 "$TARE" sandbox --map-root --uidmap 0:$user_id:1 --uidmap 1:0:1 --gidmap 0:$user_id:1 true
has "$(cat "$work/err")" 'newuidmap'
