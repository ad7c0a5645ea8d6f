// Opens the namespaces to join before anything is made, so that a wrong path costs nothing.
#include "namespaces/namespace_set.h"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>

#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/base/user_namespace.h"

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x00000080
#endif

namespace tare::namespaces {
namespace {

struct Row {
  Kind kind;
  const char* name;
  int flag;
  const char* link;  // in /proc/PID/ns
};
constexpr Row kRows[] = {
    {Kind::Mount, "mount", CLONE_NEWNS, "mnt"},
    {Kind::Pid, "pid", CLONE_NEWPID, "pid"},
    {Kind::Network, "network", CLONE_NEWNET, "net"},
    {Kind::Ipc, "ipc", CLONE_NEWIPC, "ipc"},
    {Kind::Uts, "uts", CLONE_NEWUTS, "uts"},
    {Kind::User, "user", CLONE_NEWUSER, "user"},
    {Kind::Cgroup, "cgroup", CLONE_NEWCGROUP, "cgroup"},
    {Kind::Time, "time", CLONE_NEWTIME, "time"},
};

const Row& row(Kind kind) {
  return kRows[static_cast<size_t>(kind)];
}

const Row& row(std::string_view name) {
  for (const Row& candidate : kRows) {
    if (name == candidate.name) return candidate;
  }
  throw Error("unknown namespace type " + quote(name));
}

Fd open_namespace(const Row& wanted, const std::string& path) {
  // O_NONBLOCK: a FIFO at that path must not hold us up.
  auto fd = sys::try_openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!fd) throw Error(ENOENT, "open " + std::string(wanted.name) + " namespace", quote(path));
  int type = ::ioctl(fd->get(), NS_GET_NSTYPE);
  if (type != wanted.flag) {
    throw Error(quote(path) + " is not a " + wanted.name + " namespace");
  }
  return std::move(*fd);
}

}  // namespace

int clone_flag(Kind kind) {
  return row(kind).flag;
}

const char* kind_name(Kind kind) {
  return row(kind).name;
}

NamespaceSet NamespaceSet::open(const std::vector<oci::Namespace>& wanted) {
  NamespaceSet set;
  for (const oci::Namespace& ns : wanted) {
    const Row& kind = row(ns.type);
    if (ns.path.empty()) {
      set.new_flags_ |= kind.flag;
    } else {
      set.joined_.push_back({kind.kind, ns.path, open_namespace(kind, ns.path)});
    }
  }
  return set;
}

NamespaceSet NamespaceSet::of_process(int flags) {
  NamespaceSet set;
  for (const Row& kind : kRows) {
    if ((flags & kind.flag) != 0) set.joined_.push_back({kind.kind, "of the container", Fd()});
  }
  return set;
}

const NamespaceSet::Joined* NamespaceSet::joined(Kind kind) const {
  for (const Joined& candidate : joined_) {
    if (candidate.kind == kind) return &candidate;
  }
  return nullptr;
}

bool is_owned_by(const Fd& ns, const Fd& user) {
  Fd owner(::ioctl(ns.get(), NS_GET_USERNS));
  return owner &&
         sys::is_same_file(sys::fstat(owner, "user namespace"), sys::fstat(user, "user namespace"));
}

int foreign_namespaces(pid_t pid) {
  auto ours = sys::try_openat(AT_FDCWD, "/proc/self/ns", O_PATH | O_DIRECTORY);
  auto theirs =
      sys::try_openat(AT_FDCWD, "/proc/" + std::to_string(pid) + "/ns", O_PATH | O_DIRECTORY);
  int flags = 0;
  for (const Row& kind : kRows) {
    auto our = ours ? sys::try_fstatat(ours->get(), kind.link) : std::nullopt;
    auto their = our && theirs ? sys::try_fstatat(theirs->get(), kind.link) : std::nullopt;
    if (their && their->st_ino != our->st_ino) flags |= kind.flag;
  }
  return flags;
}

namespace {

bool has_denied_groups(const std::string& process) {
  return sys::try_read_file_at(AT_FDCWD, process + "/setgroups") == "deny\n";
}

}  // namespace

bool denies_groups() {
  return !in_initial_user_namespace() && has_denied_groups("/proc/self");
}

bool denies_groups(pid_t pid) {
  return has_denied_groups("/proc/" + std::to_string(pid));
}

}  // namespace tare::namespaces
