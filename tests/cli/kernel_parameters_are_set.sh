#!/bin/bash
# Shows: sysctl-1
. "$(dirname "$0")/lib.sh"

configure '.linux.sysctl = {"net.ipv4.ip_forward": "1", "kernel.msgmax": "16384", "net/ipv4/ip_default_ttl": "42"}'
before=$(cat /proc/sys/kernel/msgmax)
equal "$(inside 'cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/msgmax /proc/sys/net/ipv4/ip_default_ttl')" \
  $'1\n16384\n42'
equal "$(cat /proc/sys/kernel/msgmax)" "$before"
