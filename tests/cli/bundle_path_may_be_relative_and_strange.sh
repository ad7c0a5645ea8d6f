#!/bin/bash
# Shows: bundle-3, state-8
. "$(dirname "$0")/lib.sh"

script true
cd "$work"
mkdir "$work/other"
mv "$bundle" "$work/with space"
ln -s '../with space' "$work/other/link"
for path in 'with space' './with space/' "$work//with space" other/link other/../other/link/; do
  tare create --bundle "$path" c1 < /dev/null > /dev/null
  has "$(state_of c1 .bundle)" '^/'
  tare delete c1
done
mv "$work/with space" "$bundle"
