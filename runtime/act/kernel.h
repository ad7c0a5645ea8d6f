// The kernel's constants without libc: its own headers, plus the few that only libc spells.
#pragma once

#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/magic.h>
#include <linux/stat.h>

#include <cstdint>

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

namespace tare::act {

// <linux/signal.h> collides with libc's in programs that have both.
inline constexpr int kSigkill = 9;
inline constexpr int kSigchld = 17;

// As mknod(2) takes it.
inline constexpr long device_number(uint64_t major, uint64_t minor) {
  return static_cast<long>((minor & 0xff) | (major << 8) | ((minor & ~0xffULL) << 12));
}

}  // namespace tare::act
