#!/bin/bash
. "$(dirname "$0")/lib.sh"

fake_criu
sleeper
mkdir "$work/host"
touch "$bundle/rootfs/secret"
configure '.linux.maskedPaths += ["/secret"]'
configure '.mounts += [{destination: "/mnt/./host", source: $work, type: "bind", options: ["rbind"]}]' \
  --arg work "$work/host"
asks() { equal "$(asked "$1")" "$2" "$1"; }
dump() { tare checkpoint --image-path "$images" "$@" c1 < /dev/null > "$work/out" 2>&1 || fail "$(cat "$work/out")"; }

tare run --detach --bundle "$bundle" c1 < /dev/null > /dev/null 2>&1
pid=$(pid_of)
dump --leave-running
equal "$(cat "$work/out")" ''
asks .type 1
asks .opts.pid "$pid"
asks .opts.leave_running 1
asks .opts.root "\"$bundle/rootfs\""
asks .opts.log_file '"dump.log"'
asks '[.opts.notify_scripts, .opts.orphan_pts_master, .opts.empty_ns, .opts.manage_cgroups_mode]' '[1,1,1073741824,6]'
asks '[.opts | has("work_dir_fd", "parent_img", "track_mem", "ps", "tcp_established", "lazy_pages", "external")]' \
  '[false,false,false,false,false,false,false]'
asks '.opts.config_file' '"/etc/criu/runc.conf"'
# Mounts of the host by their place and the configured destination, masks by what is over them, devices.
asks '.opts.ext_mnt | map(select(.[0] == "/mnt/host"))' '[["/mnt/host","/mnt/host"]]'
asks '.opts.ext_mnt | map(select(.[0] == "/secret"))' '[["/secret","/dev/null"]]'
asks '.opts.ext_mnt | map(select(.[0] == "/dev/null"))' '[["/dev/null","/dev/null"]]'
equal "$(jq -c length "$images/descriptors.json")" 3
is_status running c1

mkdir "$work/earlier"
dump --leave-running --work-path "$work/log/s" --parent-path ../earlier --tcp-established --tcp-skip-in-flight \
  --tcp-close --link-remap --ext-unix-sk --shell-job --file-locks --auto-dedup --page-server '[::1]:1234' \
  --manage-cgroups-mode strict --empty-ns network
asks '[.opts.tcp_established, .opts.tcp_skip_in_flight, .opts.tcp_close, .opts.link_remap, .opts.ext_unix_sk,
  .opts.shell_job, .opts.file_locks, .opts.auto_dedup, .opts.track_mem]' '[1,1,1,1,1,1,1,1,1]'
asks .opts.parent_img '"../earlier"'
asks .opts.ps '[["::1",1234]]'
asks .opts.manage_cgroups_mode 5
asks '.opts | has("work_dir_fd")' true
[ -d "$work/log/s" ] || fail 'no work folder'

rm "$images/descriptors.json"
dump --pre-dump
asks .type 4
asks '.opts | has("ext_mnt")' false
[ ! -e "$images/descriptors.json" ] || fail 'a pre-dump has no descriptors'
is_status running c1

mkfifo "$work/ready"
exec 5<> "$work/ready"
dump --lazy-pages --status-fd 5 --page-server 127.0.0.1:1
equal "$(head -c 1 <&5 | od -An -tx1)" ' 00'
asks .opts.lazy_pages 1
refused 'does not exist' tare state c1
