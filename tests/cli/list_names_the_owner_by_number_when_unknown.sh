#!/bin/bash
. "$(dirname "$0")/lib.sh"

arguments true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
chown 3123456 "$root/c1"
equal "$(tare list -f json | jq -r '.[].owner')" '#3123456'
has "$(tare list | sed -n 2p)" ' #3123456$'
equal "$(tare state c1 | jq -r .owner)" ''
chown 0 "$root/c1"
equal "$(tare list -f json | jq -r '.[].owner')" root
tare delete c1
