// The kernel's constants without libc: its own headers, plus the few that only libc spells.
#pragma once

#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/stat.h>

#ifndef S_IFMT
#define S_IFMT 00170000
#define S_IFSOCK 0140000
#define S_IFLNK 0120000
#define S_IFREG 0100000
#define S_IFBLK 0060000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFIFO 0010000
#endif
#ifndef O_PATH
#define O_PATH 010000000
#endif
#ifndef __NR_fchmodat2
// Linux 6.6, the same number everywhere.
#define __NR_fchmodat2 452  // NOLINT(bugprone-reserved-identifier): the kernel's own name
#endif
