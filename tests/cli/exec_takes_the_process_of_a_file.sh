#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.rlimits = [{type: "RLIMIT_NOFILE", soft: 77, hard: 99}]'
running
cat > "$work/process.json" << 'END'
{"user": {"uid": 7, "gid": 8, "umask": 63, "additionalGids": [9]}, "cwd": "/tmp", "env": ["PATH=/bin", "A=1", "A=2", "HOME="],
 "args": ["sh", "-c", "id; pwd; umask; echo $A $HOME; cat /proc/self/oom_score_adj; ulimit -n; grep -E '^Cap|^NoNew' /proc/self/status; head -n 1 /proc/self/limits > /dev/null"],
 "oomScoreAdj": 321, "noNewPrivileges": true,
 "capabilities": {"bounding": ["CAP_KILL"], "permitted": ["CAP_KILL"], "effective": []}}
END
tare exec --process "$work/process.json" c1 > "$work/out"
equal "$(cat "$work/out")" "uid=7 gid=8 groups=9
/tmp
0077
2 /
321
77
CapInh:	0000000000000000
CapPrm:	0000000000000000
CapEff:	0000000000000000
CapBnd:	0000000000000020
CapAmb:	0000000000000000
NoNewPrivs:	1"
# Of what it does not say, the container's.
echo '{"user": {"uid": 0, "gid": 0}, "cwd": "/", "args": ["/bin/grep", "-E", "^CapEff", "/proc/self/status"]}' > "$work/process.json"
equal "$(tare exec -p "$work/process.json" c1)" 'CapEff:	0000000000000021'
tare delete --force c1
