#!/bin/bash
# The scripts of examples/sandbox do what they say, as an ordinary user.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"
ordinary_user
examples=$source_root/examples/sandbox
run() { as_user TARE="$TARE" LIMITS=best-effort TMPDIR=/var/tmp timeout 50 "$@"; }
mkdir "$work/place"
chown $user_id:$user_id "$work/place"
cd "$work/place"

# judge: every verdict.
mkdir tests
echo '1 2' > tests/small.in
echo 3 > tests/small.out
cp tests/small.in tests/other.in
echo 4 > tests/other.out
cat > sum.cc <<'END'
#include <cstdio>
#include <cstdlib>
#include <fstream>
int main() {
  int a, b;
  if (std::scanf("%d %d", &a, &b) != 2) return 1;
#if defined(LOOP)
  for (volatile int i = 0;; i = i + 1) {}
#elif defined(CHAT)
  for (;;) std::puts("much too much");
#elif defined(READ)
  if (!std::ifstream("/etc/shadow")) std::abort();
#endif
  std::printf("%d\n", a + b);
}
END
equal "$(run "$examples/judge" sum.cc tests)" $'other WRONG\nsmall OK'
rm tests/other.*
for kind in LOOP:TIME CHAT:OUTPUT READ:CRASH; do
  (echo "#define ${kind%:*}"; cat sum.cc) > "$kind.cc"
  equal "$(run "$examples/judge" "$kind.cc" tests 1)" "small ${kind#*:}"
done
echo 'int main() { return x; }' > broken.cc
equal "$(run "$examples/judge" broken.cc tests)" COMPILE

chown -R $user_id:$user_id .
# offline-tests: the suite writes where it will, the tree stays as it was; no network.
before=$(find . -exec stat -c '%n %s %Y' {} + | sort)
equal "$(run "$examples/offline-tests" sh -c 'echo x > sum.cc && rm -r tests && cat sum.cc; ls; grep -c : /proc/net/dev')" \
  $'x\nCHAT:OUTPUT.cc\nLOOP:TIME.cc\nREAD:CRASH.cc\nbroken.cc\nsum.cc\n1'
equal "$(find . -exec stat -c '%n %s %Y' {} + | sort)" "$before"
status 3 run "$examples/offline-tests" sh -c 'exit 3'

# agent-command: writes in its workspace, not to hooks; what happened is told.
as_user mkdir -p "$work/place/.git/hooks"
run "$examples/agent-command" "$PWD" sh -c 'echo made > made; echo evil 2> /dev/null > .git/hooks/pre-commit; echo told; exit 4' > "$work/told"
equal "$(jq -c '[.outcome, .exit_code, .stdout]' "$work/told")" '["exited",4,"told\n"]'
equal "$(cat made; ls -A .git/hooks)" made

# ci-step: the sources stay, what is made is found.
as_user mkdir "$work/place/artefacts.d" "$work/home/artefacts"
run "$examples/ci-step" "$work/home/artefacts" sh -c 'g++ -o sum sum.cc && rm made && echo $CI'  > "$work/out"
equal "$(cat "$work/out")" true
equal "$(echo '20 22' | "$work/home/artefacts/changed$PWD/sum")" 42
equal "$(cat "$work/home/artefacts/deleted")" "$PWD/made"
[ -e made ] && [ ! -e sum ] || fail 'the sources changed'
