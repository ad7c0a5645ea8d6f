# A judge, twice, each submission with limits of its own: every verdict is right and nothing is left. Forty, since an
# emulated machine is slow; tests/cli has the two hundred, without limits of the group.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../sandbox.sh"
ROUNDS=${ROUNDS:-4}
. "$(dirname "$0")/../submissions.sh"
for _ in 1 2; do
  GROUP_LIMITS=yes judged timeout $((ROUNDS * 70)) "$RUNTIME" sandbox --batch --jobs 4 --seccomp strict --timeout 20s \
    --memory 16m --pids-limit 20
  wait_for nothing_left
done
