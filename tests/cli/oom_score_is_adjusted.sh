#!/bin/bash
# Shows: oom-1, oom-2
. "$(dirname "$0")/lib.sh"

configure '.process.oomScoreAdj = 321'
equal "$(inside 'cat /proc/self/oom_score_adj')" 321
configure '.process.oomScoreAdj = 0'
script 'cat /proc/self/oom_score_adj'
scored() { (echo 55 > /proc/self/oom_score_adj; exec "$TARE" --root "$root" run --bundle "$bundle" c1); }
equal "$(scored)" 0
configure 'del(.process.oomScoreAdj)'
equal "$(scored)" 55 'not asked for, not changed'
