#!/bin/bash
. "$(dirname "$0")/lib.sh"

configure 'del(.linux.cgroupsPath)'
script 'trap "" USR1; (trap "echo got > /dev/shm/got; exit" USR1; echo > /dev/shm/ready; while :; do sleep 0.1; done) &
  while [ ! -e /dev/shm/got ]; do sleep 0.1; done; echo told > /dev/shm/told; sleep 1000'
tare --cgroup-manager disabled run -d --bundle "$bundle" c1 < /dev/null > /dev/null
shm() { [ -e "/proc/$(pid_of)/root/dev/shm/$1" ]; }
eventually shm ready
tare kill c1 USR1
sleep 0.5
shm got && fail 'the signal went to more than init'
tare kill --all c1 USR1
eventually shm told
tare delete --force c1
