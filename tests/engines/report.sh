#!/bin/busybox sh
# Stands in for the program of an engine's container: says what it sees, in sections that check.py
# reads, and ends with 7 (at once, or when TERM comes if /.report/stay is there).
trap 'exit 7' TERM
for applet in cat head readlink ls stat base64 wc chmod sleep hostname; do
  eval "$applet() { /bin/busybox $applet \"\$@\"; }"
done

list() { if [ -e "/.report/$1" ]; then cat "/.report/$1"; fi; }
echo "== begin"
echo "== status"
cat /proc/$$/status
echo "== limits"
cat /proc/$$/limits
echo "== mounts"
cat /proc/$$/mountinfo
echo "== environ"
base64 /proc/$$/environ
echo "== cmdline"
base64 /proc/$$/cmdline
echo "== descriptors"
ls -l /proc/$$/fd
echo "== facts"
echo "cwd $(readlink /proc/$$/cwd)"
echo "hostname $(hostname)"
echo "domainname $(cat /proc/sys/kernel/domainname)"
echo "oom_score_adj $(cat /proc/$$/oom_score_adj)"
for type in pid net ipc uts mnt cgroup user; do echo "ns:$type $(readlink /proc/$$/ns/$type)"; done
for fd in 0 1 2; do if [ -t $fd ]; then echo "terminal:$fd yes"; else echo "terminal:$fd no"; fi; done
if (: > /.report/written) 2> /dev/null; then
  echo "root-writable yes"
else
  echo "root-writable no"
fi
list sysctls | while read -r name; do echo "sysctl:$name" $(cat "/proc/sys/$name" 2>&1); done
list devices | while read -r path; do echo "device:$path $(stat -c '%F,%t,%T,%a,%u,%g' "$path" 2>&1)"; done
list binds | while read -r path; do
  if [ -d "$path" ]; then file=$path/content; else file=$path; fi
  echo "bind:$path $(cat "$file" 2>&1)"
done
list masked | while read -r path; do
  if [ -d "$path" ]; then
    echo "masked:$path directory $(ls -A "$path" 2>&1 | wc -l)"
  elif [ -e "$path" ]; then
    echo "masked:$path file $(cat "$path" 2> /dev/null | head -c 9 | wc -c)"
  fi
done
# Setting the mode that is there changes nothing, and the mount's flag is asked first.
list readonly | while read -r path; do
  if [ -e "$path" ]; then echo "readonly:$path $(chmod "$(stat -c %a "$path")" "$path" 2>&1)"; fi
done
echo "== end"
if [ -e /.report/stay ]; then
  while :; do sleep 0.05; done
fi
exit 7
