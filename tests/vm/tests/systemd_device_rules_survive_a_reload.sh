# The program that decides on devices is ours beside that of systemd: a reload takes neither away, and what the
# rules deny though systemd has no words for it (one device of a kind that is allowed) stays denied.
. "$(dirname "$0")/../lib.sh"
systemd_bundle 'mknod /tmp/denied c 1 8; mknod /tmp/other c 1 11; mknod /tmp/null c 1 3
  for turn in 1 2; do
    for name in denied other null; do
      if (exec 3</tmp/$name) 2>/dev/null; then echo $name opened; else echo $name refused; fi
    done
    [ $turn = 2 ] || until [ -e /tmp/go ]; do sleep 0.1; done
  done' '.process.capabilities = (["CAP_MKNOD", "CAP_SYS_RAWIO", "CAP_SYSLOG", "CAP_SYS_ADMIN"]
    | {bounding: ., effective: ., permitted: .})
  | .linux.resources.devices = [{allow: false, access: "rwm"},
    {allow: true, type: "c", major: 1, access: "rwm"},
    {allow: false, type: "c", major: 1, minor: 8, access: "rw"}]'
launch
pid=$(runtime state c | jq .pid)
wait_for grep -q null "$WORK/output"
systemctl daemon-reload
touch "/proc/$pid/root/tmp/go"
wait_for status_is c stopped
equal "before and after" "$(paste -sd, "$WORK/output")" \
  "denied refused,other opened,null opened,denied refused,other opened,null opened"
