#!/bin/bash
. "$(dirname "$0")/lib.sh"

running
equal "$(tare exec --cwd /tmp c1 pwd)" /tmp
equal "$(tare exec --env A=1 -e B=2 -e A=3 c1 sh -c 'echo $A$B')" 32
equal "$(tare exec --user 5 c1 id)" 'uid=5 gid=0'
equal "$(tare exec -u 5:6 -g 7 --additional-gids 8 c1 id)" 'uid=5 gid=6 groups=7,8'
equal "$(tare exec -u 0:0 c1 id)" 'uid=0(root) gid=0'
for wrong in -1 +1 x 1x 4294967296 '1 ' 1.0 0x1 ''; do
  [ -z "$wrong" ] || exec_refused "bad uid: " --user="$wrong" c1 true
  exec_refused 'bad gid: ' --user="1:$wrong" c1 true
done
exec_refused '/user/uid: 4294967295 is no id' --user 4294967295 c1 true
exec_refused '' --additional-gids=-1 c1 true
exec_refused 'invalid environment variable' --env novalue c1 true
# What follows the id is the program's.
equal "$(tare exec c1 echo --cwd -e)" '--cwd -e'
tare delete --force c1
