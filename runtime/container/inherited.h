// Descriptors that the caller hands through to the container.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/base/error.h"
#include "runtime/base/fd.h"

namespace tare {

// The range 3 … 3+n-1 of --preserve-fds and LISTEN_FDS. Gaps in it are allowed (podman asks for 38
// with two open) and are plugged while we work, so that no descriptor of ours ever lies in the
// range.
class InheritedFds {
 public:
  InheritedFds() = default;
  // LISTEN_FDS counts too when LISTEN_PID is ours or empty. Does not throw: this comes before the
  // log is opened.
  explicit InheritedFds(int preserve_fds) noexcept;

  // Throws what was wrong. Only a container needs the descriptors; other commands may go on.
  void require() const;

  int count() const { return count_; }
  int listen_fds() const { return listen_fds_; }
  std::span<const int> preserved() const { return preserved_; }

 private:
  void plug(int fd);

  std::optional<Error> trouble_;
  int count_ = 0;
  int listen_fds_ = 0;
  std::vector<int> preserved_;
  std::vector<Fd> plugs_;
};

// Our own umask, which the container's process keeps unless the configuration names one.
uint32_t caller_umask();

}  // namespace tare
