// One thin function per system call, same name, same order of arguments. Each throws
// Error(errno, call, object) on failure and retries EINTR where POSIX allows; `object` is what the
// message names (a path, "cgroup.procs of c1"). Callers never look at errno.
#pragma once

#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/fd.h"

namespace tare::sys {

// --- files. Every descriptor is close-on-exec from birth. ---
Fd openat(int dirfd, const std::string& path, int flags, mode_t mode = 0);
// Nothing instead of an Error for ENOENT and ENOTDIR: "not there" is a value.
std::optional<Fd> try_openat(int dirfd, const std::string& path, int flags, mode_t mode = 0);
// openat2(2), Linux 5.6; `resolve` is RESOLVE_* flags. Nothing for ENOENT and ENOTDIR.
std::optional<Fd> try_openat2(int dirfd, const std::string& path, uint64_t flags, uint64_t resolve);
// Whole file, at most `limit` bytes: more is an Error (EFBIG).
std::string read_all(const Fd& fd, size_t limit, std::string_view object);
std::string read_file_at(int dirfd, const std::string& path, size_t limit = 1 << 20);
std::optional<std::string> try_read_file_at(int dirfd, const std::string& path,
                                            size_t limit = 1 << 20);
// One write(2) of the whole text, as procfs, sysfs and cgroupfs want it; a short write is an Error.
void write_once(const Fd& fd, std::string_view text, std::string_view object);
// Opens an existing file for writing (no truncation, no creation) and writes once.
void write_file_at(int dirfd, const std::string& path, std::string_view text);
void write_all(const Fd& fd, std::string_view text, std::string_view object);
// Temporary file beside `name`, written, then renamed over it: readers see the old or the new.
void replace_file_at(int dirfd, const std::string& name, std::string_view text, mode_t mode);
// Removes the temporary file of a replace_file_at of `text` that was killed; no other one's.
void remove_unfinished_at(int dirfd, const std::string& name, std::string_view text) noexcept;
void mkdirat(int dirfd, const std::string& path, mode_t mode);
bool try_mkdirat(int dirfd, const std::string& path, mode_t mode);     // false: exists already
bool try_unlinkat(int dirfd, const std::string& path, int flags = 0);  // false: not there
void fchownat(int dirfd, const std::string& path, uid_t uid, gid_t gid, int flags = 0);
struct stat fstat(const Fd& fd, std::string_view object = "");
std::optional<struct stat> try_fstatat(int dirfd, const std::string& path, int flags = 0);
bool is_same_file(const std::string& one, const std::string& other);  // false too: not there
bool is_same_file(const struct stat& one, const struct stat& other);
uint64_t fstatfs_type(const Fd& fd, std::string_view object = "");
uint64_t mount_id(const std::string& path);  // of the mount that `path` is on (Linux 5.8)
std::vector<std::string> list_directory(const Fd& directory);  // names, without "." and ".."
Fd memfd_create(const char* name, unsigned flags);
struct Pipe {
  Fd reader, writer;
};
Pipe pipe();
Fd dup_cloexec(const Fd& fd);
void set_inheritable(int fd);  // clears close-on-exec

// --- mounts (Linux 5.2; mount_setattr 5.12) ---
Fd open_tree(int dirfd, const std::string& path, unsigned flags);
void mount_setattr(const Fd& tree, bool recursive, uint64_t set, uint64_t clear,
                   uint64_t propagation = 0, int userns_fd = -1);

// --- processes ---
// clone3(2), Linux 5.3. 0 in the child. `pidfd` receives a descriptor of it (CLONE_PIDFD);
// `cgroup_fd` >= 0 makes it be born there (CLONE_INTO_CGROUP, Linux 5.7).
pid_t clone3(uint64_t flags, Fd* pidfd, int cgroup_fd);
Fd pidfd_open(pid_t pid);
std::optional<Fd> try_pidfd_open(pid_t pid);          // nothing: no process has that number
bool pidfd_send_signal(const Fd& pidfd, int signal);  // false: ESRCH
// Waits for a child by pidfd and reaps it; nothing when `options` has WNOHANG and it still runs.
std::optional<siginfo_t> waitid(const Fd& pidfd, int options);
void close_range_cloexec(unsigned first);
// For a child that will execute another program: every disposition as new, nothing blocked.
// Engines start us with SIGPIPE ignored and signals blocked. Async-signal-safe.
void reset_signals() noexcept;
void setns(const Fd& ns, int type, std::string_view object);

// --- sockets and polling ---
void socketpair_seqpacket(Fd& ours, Fd& theirs);
// A connected AF_UNIX stream socket; a path longer than sun_path is reached through its directory.
// `timeout_ms` (-1: none) bounds the connect, which waits while the listener's backlog is full, and
// every later send on the socket (EAGAIN).
Fd connect_unix(const std::string& path, int timeout_ms = -1);
Fd listen_unix_at(const Fd& directory, const std::string& name);
// All of `bytes`; the descriptors, at most 16, travel with the first of them.
void send_with_fds(const Fd& socket, std::span<const std::byte> bytes, std::span<const int> fds);
// One message of a SEQPACKET socket into `bytes`: how many came, and the descriptors with them.
struct Message {
  size_t size = 0;  // 0: the other side is gone
  std::vector<Fd> fds;
  bool truncated = false;  // there was more than `bytes`, or than 16 descriptors
};
Message receive_with_fds(const Fd& socket, std::span<std::byte> bytes, std::string_view object);
// False after `timeout_ms` (-1: none) without the event.
bool poll_readable(const Fd& fd, int timeout_ms);

}  // namespace tare::sys
