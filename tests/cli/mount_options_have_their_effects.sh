#!/bin/bash
# Every option word of mounts, seen in the container's mountinfo (proc(5)): the attributes of the
# mount, those of its file system, and its propagation.
# Shows: mounts-8, mounts-9, mounts-27
. "$(dirname "$0")/lib.sh"

# Sources on the host: one mount with every attribute, one with none, each with a mount below.
with=ro,nosuid,nodev,noexec,noatime,nodiratime,nosymfollow
for source in bare full; do
  mkdir "$work/$source"
  mount -t tmpfs tmpfs "$work/$source"
  mkdir "$work/$source/below"
  mount -t tmpfs tmpfs "$work/$source/below"
done
mount -o remount,bind,$with "$work/full"
mount -o remount,bind,$with "$work/full/below"
mount --make-rprivate "$work/bare"
mounts_before=$(cat /proc/self/mountinfo)

expected=() below=()
add() {  # SOURCE, OPTIONS, WHAT mountinfo shows, and of the mount below
  local n=${#expected[@]}
  configure '.mounts += [{destination: "/o/\($n)", type: (if $s == "tmpfs" then $s else "bind" end), source: $s,
    options: ($o | split(","))}]' --arg n "$n" --arg s "${1/#@/$work/}" --arg o "$2"
  expected+=("$2: $3") below+=("${4:-}")
}
all='ro,nosuid,nodev,noexec,noatime,nodiratime,nosymfollow'

# A new file system: "attributes of the mount | propagation | options of the file system".
while read -r options shown; do add tmpfs "$options" "$shown"; done << 'END'
defaults rw,relatime||rw
ro ro,relatime||rw
ro,rw rw,relatime||rw
nosuid rw,nosuid,relatime||rw
nosuid,suid rw,relatime||rw
nodev rw,nodev,relatime||rw
nodev,dev rw,relatime||rw
noexec rw,noexec,relatime||rw
noexec,exec rw,relatime||rw
noatime rw,noatime||rw
noatime,atime rw,relatime||rw
noatime,relatime rw,relatime||rw
strictatime rw||rw
strictatime,nostrictatime rw,relatime||rw
norelatime rw,relatime||rw
nodiratime rw,nodiratime,relatime||rw
nodiratime,diratime rw,relatime||rw
nosymfollow rw,relatime,nosymfollow||rw
nosymfollow,symfollow rw,relatime||rw
sync rw,relatime||rw,sync
sync,async rw,relatime||rw
dirsync rw,relatime||rw,dirsync
lazytime rw,relatime||rw,lazytime
lazytime,nolazytime rw,relatime||rw
silent,loud rw,relatime||rw
mand,nomand rw,relatime||rw
noiversion rw,relatime||rw
private rw,relatime||rw
shared rw,relatime|shared|rw
rshared rw,relatime|shared|rw
unbindable rw,relatime|unbindable|rw
runbindable rw,relatime|unbindable|rw
shared,private rw,relatime||rw
END

# Binds: of the mount, and of the one below it, which the words without r leave alone.
while read -r source options shown inner; do add "$source" "$options" "$shown" "$inner"; done << END
@bare bind rw,relatime||rw
@bare rbind rw,relatime||rw rw,relatime||rw
@full rbind $all||rw $all||rw
@bare rbind,ro,nosuid,nodev,noexec,nodiratime,nosymfollow ro,nosuid,nodev,noexec,nodiratime,relatime,nosymfollow||rw rw,relatime||rw
@full rbind,rw rw,noatime,nodiratime||rw $all||rw
@full rbind,suid,dev,exec,diratime,symfollow,atime,rw rw,noatime,nodiratime||rw $all||rw
@full rbind,suid,dev,exec,diratime,symfollow,relatime,rw rw,relatime||rw $all||rw
@full rbind,ro,relatime ro,relatime||rw $all||rw
@bare rbind,rro ro,relatime||rw ro,relatime||rw
@full rbind,rrw rw,nosuid,nodev,noexec,noatime,nodiratime,nosymfollow||rw rw,nosuid,nodev,noexec,noatime,nodiratime,nosymfollow||rw
@bare rbind,rnosuid rw,nosuid,relatime||rw rw,nosuid,relatime||rw
@full rbind,rsuid ro,nodev,noexec,noatime,nodiratime,nosymfollow||rw ro,nodev,noexec,noatime,nodiratime,nosymfollow||rw
@bare rbind,rnodev rw,nodev,relatime||rw rw,nodev,relatime||rw
@full rbind,rdev ro,nosuid,noexec,noatime,nodiratime,nosymfollow||rw ro,nosuid,noexec,noatime,nodiratime,nosymfollow||rw
@bare rbind,rnoexec rw,noexec,relatime||rw rw,noexec,relatime||rw
@full rbind,rexec ro,nosuid,nodev,noatime,nodiratime,nosymfollow||rw ro,nosuid,nodev,noatime,nodiratime,nosymfollow||rw
@bare rbind,rnodiratime rw,nodiratime,relatime||rw rw,nodiratime,relatime||rw
@full rbind,rdiratime ro,nosuid,nodev,noexec,noatime,nosymfollow||rw ro,nosuid,nodev,noexec,noatime,nosymfollow||rw
@bare rbind,rnosymfollow rw,relatime,nosymfollow||rw rw,relatime,nosymfollow||rw
@full rbind,rsymfollow ro,nosuid,nodev,noexec,noatime,nodiratime||rw ro,nosuid,nodev,noexec,noatime,nodiratime||rw
@bare rbind,rnoatime rw,noatime||rw rw,noatime||rw
@full rbind,ratime ro,nosuid,nodev,noexec,nodiratime,relatime,nosymfollow||rw ro,nosuid,nodev,noexec,nodiratime,relatime,nosymfollow||rw
@bare rbind,rstrictatime rw||rw rw||rw
@full rbind,rnostrictatime ro,nosuid,nodev,noexec,nodiratime,relatime,nosymfollow||rw ro,nosuid,nodev,noexec,nodiratime,relatime,nosymfollow||rw
@bare rbind,rstrictatime,rnostrictatime rw,relatime||rw rw,relatime||rw
@full rbind,rrelatime ro,nosuid,nodev,noexec,nodiratime,relatime,nosymfollow||rw ro,nosuid,nodev,noexec,nodiratime,relatime,nosymfollow||rw
@bare rbind,rnorelatime rw,relatime||rw rw,relatime||rw
@bare rbind,shared rw,relatime|shared|rw rw,relatime||rw
@bare rbind,rshared rw,relatime|shared|rw rw,relatime|shared|rw
@bare rbind,unbindable rw,relatime|unbindable|rw rw,relatime||rw
@bare rbind,runbindable rw,relatime|unbindable|rw rw,relatime|unbindable|rw
@bare rbind,rshared,private rw,relatime||rw rw,relatime|shared|rw
@bare rbind,rshared,rprivate rw,relatime||rw rw,relatime||rw
END

script 'cat /proc/self/mountinfo'
tare run --bundle "$bundle" c1 > "$work/mountinfo"
shown() {  # DESTINATION: as above
  awk -v at="$1" '$5 == at {
    propagation = ""
    for (i = 7; $i != "-"; i++) propagation = propagation $i
    sub(/:.*/, "", propagation)
    sub(/,size=.*/, "", $NF)
    print $6 "|" propagation "|" $NF }' "$work/mountinfo" | tail -n 1
}
for n in "${!expected[@]}"; do
  echo "${expected[$n]%%: *}: $(shown "/o/$n")" "$(shown "/o/$n/below")" >> "$work/got"
  echo "${expected[$n]}" "${below[$n]}" >> "$work/wanted"
done
diff "$work/wanted" "$work/got" >&2 || fail 'see above: < expected, > got'
