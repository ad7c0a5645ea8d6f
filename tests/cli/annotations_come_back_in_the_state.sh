#!/bin/bash
# Shows: anno-1, anno-2, anno-4, anno-5, state-9
. "$(dirname "$0")/lib.sh"

annotations='{"a.b":"c","empty":"","org.opencontainers.image.stopSignal":"SIGQUIT","org.opencontainers.runc.x":"y",
  "é \" / ~":"\n\u0001 \\"}'
configure '.annotations = $a' --argjson a "$annotations"
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(tare state c1 | jq -cS .annotations)" "$(jq -cS . <<< "$annotations")"
tare delete c1

configure '.annotations = {}'
equal "$(inside 'echo fine')" fine
for wrong in '{"": "x"}' '{"a": 1}' '{"a": {}}' '[]' '"a"'; do
  configure '.annotations = $a' --argjson a "$wrong"
  refused 'config.json: /annotations' tare create --bundle "$bundle" c1
  nothing_left
done
