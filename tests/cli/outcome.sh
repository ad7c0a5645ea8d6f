# shellcheck shell=bash
# How the runners of scripts say what became of each: `ok    NAME`, `FAIL  NAME` and the end of its
# output, `skip  NAME: reason` (exit status 77), and at last the three counts. Sourced by bash.
#   $LIMIT     seconds a script may take (default 60)
#   $SHOW      a pattern: lines of a successful script's output to print as well

results=$(mktemp -d)
export results LIMIT SHOW
trap 'rm -rf "$results"' EXIT

# outcome NAME COMMAND...
outcome() {
  local name=$1 status=0 text log=$results/${1//\//-}
  shift
  timeout --kill-after=10 "${LIMIT:-60}" "$@" > "$log.log" 2>&1 < /dev/null || status=$?
  case $status in
    0) text=ok ;;
    77) text=skip ;;
    124 | 137) text="FAIL (no end within ${LIMIT:-60} seconds)" ;;
    *) text=FAIL ;;
  esac
  echo "${text%% *}" > "$log.result"
  case $text in
    ok)
      echo "ok    ${name//_/ }"
      if [ -n "${SHOW:-}" ]; then grep -E "$SHOW" "$log.log" | sed 's/^/      /'; fi
      ;;
    skip) echo "skip  ${name//_/ }: $(sed -n 's/^skipped: //p' "$log.log" | head -1)" ;;
    *) printf '%s  %s\n%s\n' "$text" "${name//_/ }" "$(tail -12 "$log.log" | sed 's/^/      /')" ;;
  esac
}
export -f outcome

# The closing line; the status is that of all.
counts() {
  local word numbers=()
  for word in ok FAIL skip; do
    numbers+=("$(cat "$results"/*.result 2> /dev/null | grep -cx "$word")")
  done
  echo "${numbers[0]} passed, ${numbers[1]} failed, ${numbers[2]} skipped"
  [ "${numbers[1]}" = 0 ]
}

# One root file system for all, copied by each.
shared_rootfs() {
  [ -z "${TARE_TEST_ROOTFS:-}" ] || return 0
  export TARE_TEST_ROOTFS=$results/rootfs
  make_rootfs "$TARE_TEST_ROOTFS"
}
