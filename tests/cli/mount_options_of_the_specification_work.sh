#!/bin/bash
# Shows: mounts-8, mounts-9, mounts-27
# Every word of the table, as the mount table shows it: of the mount itself ("own"), of one mounted below
# ("sub"), of the file system ("super"), or how mounts propagate ("peers").
. "$(dirname "$0")/lib.sh"
mkdir -p "$work/data/sub"
mount -t tmpfs tmpfs "$work/data/sub"
mounts_before=$(cat /proc/self/mountinfo)

cat > "$work/look" << 'END'
while read -r _ _ _ _ point options rest; do
  case $point in
    /mnt) echo "own $options"; echo "peers ${rest%%-*}"; echo "super ${rest##* }" ;;
    /mnt/sub) echo "sub $options" ;;
  esac
done < /proc/self/mountinfo
END
tried=''
look() {  # MOUNT-FILTER WORD...
  local filter=$1
  shift
  tried="$tried $*"
  configure ".mounts = .mounts[0:5] + [{destination: \"/mnt\", options: (\$ARGS.positional)} + $filter]" \
    --args -- "$@"
  inside "$(cat "$work/look")" > "$work/seen" || fail "refused: $*"
}
shows() {  # WHAT PATTERN: that line has it as a word of its own
  sed -n "s/^$1 //p" "$work/seen" | grep -Eq "(^|[ ,])($2)(\$|[ ,:])" || fail "no $1 $2 for$tried: $(cat "$work/seen")"
}
hides() { ! (shows "$@") 2> /dev/null || fail "$1 $2 with$tried: $(cat "$work/seen")"; }

tmpfs='{type: "tmpfs", source: "tmpfs"}'
bind="{source: \"$work/data\"}"

# What each word sets, and that its opposite, said later, takes it back.
while read -r set unset flag; do
  look "$tmpfs" "$set"
  shows own "$flag"
  look "$tmpfs" "$set" "$unset"
  hides own "$flag"
  look "$tmpfs" "$unset" "$set"
  shows own "$flag"
  look "$bind" rbind "$set"
  shows own "$flag"
  hides sub "$flag"
  [ "$unset" = strictatime ] && continue  # the recursive words of access times have lines of their own
  look "$bind" rbind "r$set"
  shows own "$flag"
  shows sub "$flag"
  look "$bind" rbind "r$set" "r$unset"
  hides own "$flag"
  hides sub "$flag"
done << 'END'
ro rw ro
nosuid suid nosuid
nodev dev nodev
noexec exec noexec
nodiratime diratime nodiratime
nosymfollow symfollow nosymfollow
noatime atime noatime
noatime strictatime noatime
END
look "$tmpfs" defaults
shows own rw
shows own relatime
# Without any word for it, access times are strict.
for words in strictatime 'noatime strictatime' 'relatime strictatime'; do
  look "$tmpfs" $words
  hides own 'noatime|relatime'
done
for words in 'strictatime nostrictatime' 'strictatime relatime'; do
  look "$tmpfs" $words
  shows own relatime
done
look "$tmpfs" noatime norelatime
shows own noatime
for words in rstrictatime 'rnoatime rstrictatime' 'rrelatime rstrictatime'; do
  look "$bind" rbind $words
  hides own 'noatime|relatime'
  hides sub 'noatime|relatime'
done
for words in rrelatime 'rstrictatime rnostrictatime' 'rnoatime ratime'; do
  look "$bind" rbind $words
  shows own relatime
  shows sub relatime
done
look "$bind" rbind rnoatime rnorelatime
shows sub noatime

# Of the file system.
look "$tmpfs" sync
shows super sync
look "$tmpfs" sync async
hides super sync
look "$tmpfs" dirsync
shows super dirsync
look "$tmpfs" lazytime
shows super lazytime
look "$tmpfs" lazytime nolazytime
hides super lazytime
# Nothing shows these: they are taken, and no data of the file system's.
look "$tmpfs" silent
look "$tmpfs" silent loud
look "$tmpfs" iversion
look "$tmpfs" noiversion

# Binding: alone without what is mounted below.
look "$bind" bind
[ -z "$(grep ^sub "$work/seen")" ] || fail 'bind took a mount from below along'
look "$bind" rbind
shows sub rw
# A mount that is there already is changed.
configure '.mounts = .mounts[0:5] + [{destination: "/mnt", type: "tmpfs", source: "tmpfs"},
  {destination: "/mnt", options: ["remount", "bind", "ro", "nosuid"]}]'
inside "$(cat "$work/look")" > "$work/seen"
equal "$(grep -c ^own "$work/seen")" 1
shows own ro
shows own nosuid

# How mounts propagate.
for word in shared rshared; do
  look "$bind" rbind $word
  shows peers shared
done
for word in slave rslave private rprivate; do
  look "$bind" rbind shared $word
  hides peers shared
done
for word in unbindable runbindable; do
  look "$tmpfs" $word
  shows peers unbindable
done

# None was forgotten.
for word in $("$TARE" features | jq -r '.mountOptions[]' | grep -vxE 'r?idmap|tmpcopyup|(no)?mand|remount'); do
  case " $tried " in *" $word "*) ;; *) fail "nothing was seen of $word" ;; esac
done
