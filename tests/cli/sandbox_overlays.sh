#!/bin/bash
# A scratch view of trees: changes stay in memory, or are kept apart with --diff.
export TMPDIR=/var/tmp
. "$(dirname "$0")/lib.sh"
ordinary_user
cd /

for who in root user; do
  run() { timeout 20 "$TARE" sandbox "$@"; }
  [ $who = root ] || run() { as_user timeout 20 "$TARE" sandbox "$@"; }
  dir=$work/$who
  mkdir -p "$dir/low/gone" "$dir/low/redone" "$dir/high" "$dir/changes" "$dir/upper" "$dir/working" "$dir/odd:,\\"
  echo low > "$dir/low/file"
  echo low > "$dir/low/both"
  echo high > "$dir/high/both"
  echo x > "$dir/low/gone/x"
  echo x > "$dir/low/redone/x"
  echo odd > "$dir/odd:,\\/odd"
  [ $who = root ] || chown -R $user_id:$user_id "$dir"
  before=$(cd "$dir" && find low high -exec stat -c '%n %a %s %Y' {} + -type f -exec cat {} +)
  layers=(--overlay-src "$dir/low" --overlay-src "$dir/high")

  # The later layer lies above; what is changed is gone afterwards.
  change='cd /t && cat file both && echo new > new && echo more >> file && rm both && rm -r gone redone &&
    mkdir redone && touch redone/y && mv new renamed && ls -R . | xargs'
  equal "$(run "${layers[@]}" --tmp-overlay /t -- sh -c "$change")" $'low\nhigh\n.: file redone renamed ./redone: y' $who
  equal "$(cd "$dir" && find low high -exec stat -c '%n %a %s %Y' {} + -type f -exec cat {} +)" "$before" $who
  equal "$(run "${layers[@]}" --tmp-overlay /t -- ls /t | xargs)" 'both file gone redone'
  # Over its own place, and two of them.
  equal "$(run --overlay-src "$dir/low" --tmp-overlay "$dir/low" --overlay-src "$dir/high" --tmp-overlay /h \
    -- sh -c 'cd "$0" && touch a /h/b && ls -A . /h | xargs' "$dir/low")" '.: a both file gone redone /h: b both' $who
  equal "$(run --overlay-src "$dir/odd:,\\" --tmp-overlay /t -- cat /t/odd)" odd $who

  # Kept: what changed by its path, and what is gone.
  run "${layers[@]}" --tmp-overlay /t --overlay-src "$dir/high" --tmp-overlay /u/v --diff "$dir/changes" \
    -- sh -c "$change; touch /u/v/z; touch '/u/v/a b'; rm '/u/v/both'" > /dev/null
  equal "$(cd "$dir/changes" && find . -mindepth 1 | LC_ALL=C sort)" \
    $'./changed\n./changed/t\n./changed/t/file\n./changed/t/redone\n./changed/t/redone/y\n./changed/t/renamed\n./changed/u\n./changed/u/v\n./changed/u/v/a b\n./changed/u/v/z\n./deleted' $who
  equal "$(cat "$dir/changes/changed/t/file")" $'low\nmore'
  equal "$(LC_ALL=C sort "$dir/changes/deleted" | xargs)" '/t/both /t/gone /t/redone /u/v/both'
  equal "$(getfattr --absolute-names -R -d "$dir/changes" 2> /dev/null | grep -v '^$' || true)" ''
  status 125 run "${layers[@]}" --tmp-overlay /t --diff "$dir/changes" -- true
  has "$(cat "$work/err")" '^(sandbox: )?--diff: .*changes" is not empty'
  status 125 run "${layers[@]}" --tmp-overlay /t --diff "$dir/low/changes" -- true
  has "$(cat "$work/err")" 'must lie apart'
  [ ! -e "$dir/low/changes" ] || fail 'it was made all the same'

  # To a directory of one's own, and read-only.
  run "${layers[@]}" --overlay "$dir/upper" "$dir/working" /t -- sh -c 'echo kept > /t/kept'
  equal "$(cat "$dir/upper/kept")" kept
  equal "$(run "${layers[@]}" --ro-overlay /t -- sh -c 'cat /t/both; touch /t/x 2> /dev/null || echo refused')" $'high\nrefused'

  # Mistakes are named.
  status 125 run --tmp-overlay /t -- true
  has "$(cat "$work/err")" '^(sandbox: )?--tmp-overlay: "/t" wants a layer named before it'
  status 125 run --overlay-src "$dir/low" -- true
  has "$(cat "$work/err")" 'overlay-src: no overlay follows'
  status 125 run --overlay-src "$dir/nope" --tmp-overlay /t -- true
  has "$(cat "$work/err")" '^(sandbox: )?--tmp-overlay .*nope": no such file or directory'
  status 125 run --overlay-src "$dir/low/file" --tmp-overlay /t -- true
  has "$(cat "$work/err")" 'low/file": not a directory'
  long=$dir/$(printf 'x%.0s' $(seq 200))
  mkdir "$long"
  [ $who = root ] || chown $user_id "$long"
  status 125 run --overlay-src "$long" --overlay-src "$dir/low" --tmp-overlay /t -- true
  has "$(cat "$work/err")" 'longer than 255 bytes together'
done
