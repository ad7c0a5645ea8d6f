#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure '.process.oomScoreAdj = 321'
equal "$(inside 'cat /proc/self/oom_score_adj')" 321
