// The ENOSYS answer for system calls newer than the profile.
#pragma once

#include <linux/filter.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace tare::process {

// The highest system call number a profile names on one architecture of struct seccomp_data. x86_64
// and x32 share one there; x32 numbers have bit 30 set.
struct NewestCalls {
  uint32_t architecture = 0;  // AUDIT_ARCH_*
  std::optional<uint32_t> number;
  std::optional<uint32_t> x32_number;  // with bit 30
};

// A program to be put in front of a filter: returns ENOSYS for numbers above the newest, falls
// through to the filter for everything else and on architectures that are not listed. Empty when
// there is nothing to check.
std::vector<sock_filter> enosys_prologue(const std::vector<NewestCalls>& newest);

}  // namespace tare::process
