#!/bin/bash
# Shows: ver-3, ver-4, ver-5
# A version newer than ours may hold what we do not know, which is worth a line.
. "$(dirname "$0")/lib.sh"
ours="$("$TARE" features | jq -r '.ociVersionMin, .ociVersionMax')"
equal "$(tail -1 <<< "$ours")" 1.3.0
script true
for version in $ours 1.0.0 1.0.2 1.0.2-dev 1.1.0-rc.2 1.2.1 1.3.0+dev 1.3.7; do
  configure '.ociVersion = $v' --arg v "$version"
  status 0 tare run --bundle "$bundle" c1
  equal "$(cat "$work/err")" '' "$version"
done
for version in 1.4.0 1.4.0-rc.1 1.10.0 1.99.7; do
  configure '.ociVersion = $v' --arg v "$version"
  status 0 tare run --bundle "$bundle" c1
  equal "$(grep -c "/ociVersion: version $version is newer than 1.3.0" "$work/err")" 1 "$(cat "$work/err")"
  equal "$(wc -l < "$work/err")" 1
done
