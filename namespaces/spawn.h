// One clone3, one child: born in its new namespaces and in its cgroup, it becomes tare-init.
#pragma once

#include <linux/sched.h>
#include <sys/types.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/base/fd.h"

namespace tare::namespaces {

// With CLONE_VFORK, a child that borrows our memory while we are stopped (vfork(2)). It must not
// return from the function that made it, hence raw system calls in place and a child that never
// comes back.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr uint64_t kBorrowMemory = 0;  // shadow memory does not survive a borrowed stack
#else
inline constexpr uint64_t kBorrowMemory = CLONE_VM;
#endif

struct SpawnRequest {
  uint64_t flags = 0;              // CLONE_NEW*
  int cgroup_fd = -1;              // born there; -1: in ours
  std::string_view oom_score_adj;  // text for the child's own, set before anything else; or empty
  std::string_view affinity;       // mask of sched_setaffinity(2), set before moving; empty: ours
  int processes_fd = -1;  // cgroup.procs of a cgroup to move into before anything else; or -1
  int otherwise_fd = -1;  // the same of another one, where that answers EBUSY; or -1
  int init_fd = -1;       // sealed tare-init
  int plan_fd = -1;
  int channel_fd = -1;             // the child's end
  int parent_channel_fd = -1;      // ours
  std::span<const Fd> fds;         // descriptors that the plan names: stay open across execve
  std::span<const int> preserved;  // descriptors for the container's own process
  bool wait_for_cgroup = false;    // somebody else moves it into one: wait for Continue
  bool maps_follow = false;  // a new user namespace, for which the plan waits (OpKind::AwaitMaps)
  uint64_t capabilities = ~uint64_t{0};    // bit n is number n: what the child keeps in that one
  std::array<int, 3> streams{-1, -1, -1};  // to become 0, 1 and 2; -1: those we have
};

// The flags clone3(2) gets for it.
uint64_t clone_flags(const SpawnRequest& request);

// A child that is killed and reaped unless kept.
class Child {
 public:
  Child() = default;
  Child(pid_t pid, Fd pidfd) : pid_(pid), pidfd_(std::move(pidfd)) {}
  Child(Child&& other) noexcept
      : pid_(std::exchange(other.pid_, 0)), pidfd_(std::move(other.pidfd_)) {}
  Child& operator=(Child&& other) noexcept;
  ~Child() { end(); }

  pid_t pid() const { return pid_; }
  const Fd& pidfd() const { return pidfd_; }
  // Lets it live; the descriptor is the caller's now.
  Fd keep() {
    pid_ = 0;
    return std::move(pidfd_);
  }

 private:
  void end() noexcept;
  pid_t pid_ = 0;
  Fd pidfd_;
};

Child spawn(const SpawnRequest& request);

}  // namespace tare::namespaces
