#!/bin/bash
. "$(dirname "$0")/lib.sh"

fake_criu
sleeper
mkdir "$images" "$work/host"
echo '["pipe:[1]","pipe:[2]","/dev/null"]' > "$images/descriptors.json"
# An interface of a namespace that is joined is in it: none of that name has to be on the host.
configure '.mounts += [{destination: "/mnt/new/point", source: "../host", type: "bind", options: ["rbind"]}] | .linux.netDevices = {"tare-none0": {}}'
asks() { equal "$(asked "$1")" "$2" "$1"; }

(cd "$bundle" && tare restore --detach --image-path "$images" --pid-file "$work/pid" c1) < /dev/null > "$work/out" 2>&1 ||
  fail "$(cat "$work/out")"
equal "$(cat "$work/out")" ''
asks .type 2
asks '[.opts.rst_sibling, .opts.evasive_devices, .opts.notify_scripts, .opts.empty_ns]' '[1,1,1,1073741824]'
asks .opts.log_file '"restore.log"'
asks .opts.inherit_fd '[["pipe:[1]",0],["pipe:[2]",1]]'
asks '.opts.ext_mnt | map(select(.[0] == "/mnt/new/point"))' "[[\"/mnt/new/point\",\"$work/host\"]]"
asks '.opts.cg_root | map(select(.[0] == ""))' "[[\"\",\"/$tag/c1\"]]"
has "$(asked .opts.root)" '/state/c1/criu-root"$'
[ -d "$bundle/rootfs/mnt/new/point" ] || fail 'no mount point'
equal "$(cat "$work/pid")" "$(pid_of)"
is_status running c1
equal "$(ls "$root/c1" | tr '\n' ' ')" 'exec lock state.json '
tare kill c1 KILL
eventually is_status stopped c1
tare delete c1

tare restore --detach --bundle "$bundle" --image-path "$images" --work-path "$work/log" --tcp-established --tcp-close \
  --ext-unix-sk --shell-job --file-locks --auto-dedup --lazy-pages --manage-cgroups-mode ignore --empty-ns network \
  --lsm-profile apparmor:box --lsm-mount-context u:o:r:t --parent-path x --no-pivot --no-new-keyring --no-subreaper \
  c1 < /dev/null > "$work/out" 2>&1 || fail "$(cat "$work/out")"
asks '[.opts.tcp_established, .opts.tcp_close, .opts.ext_unix_sk, .opts.shell_job, .opts.file_locks, .opts.auto_dedup,
  .opts.lazy_pages]' '[1,1,1,1,1,1,1]'
asks '[.opts.lsm_profile, .opts.lsm_mount_context]' '["apparmor:box","u:o:r:t"]'
asks '.opts.manage_cgroups_mode' 0
tare delete --force c1

# In the foreground the end of init is the end of the command.
tare restore --bundle "$bundle" --image-path "$images" c1 < /dev/null > "$work/out" 2>&1 &
eventually is_status running c1
kill -KILL "$(pid_of)"
status=0
wait $! || status=$?
equal "$status" 137
nothing_left

# What the caller names with the images' own is refused before anything is made.
refused 'restore c1: --lsm-profile requires at least CRIU 3.16' \
  eval 'echo 3.15.0 > "$FAKE_CRIU/version"; tare restore --lsm-profile apparmor:x --bundle "$bundle" --image-path "$images" c1'
nothing_left
