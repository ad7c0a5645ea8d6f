# A root file system with busybox and a link for each of its applets.
make_rootfs() {
  mkdir -p "$1"/{bin,etc,proc,sys,dev,tmp,root}
  cp "${BUSYBOX:-/bin/busybox}" "$1/bin/busybox"
  (cd "$1/bin" && ./busybox --list | grep -v '^busybox$' | xargs -n 1 ln -s busybox)
  echo 'root:x:0:0:root:/root:/bin/sh' > "$1/etc/passwd"
}
