#!/bin/bash
# Shows: state-6, state-7
# Buildah reaps the container only after it has seen "stopped".
. "$(dirname "$0")/lib.sh"

script true
(
  tare create --bundle "$bundle" c1 < /dev/null > /dev/null
  tare start c1
)
eventually is_status stopped c1
equal "$(pid_of)" 0
tare delete c1
