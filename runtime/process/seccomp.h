// linux.seccomp compiled to the bytes that seccomp(2) loads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/base/fd.h"

namespace tare::process {

struct SeccompFilter {
  std::vector<std::byte> program;  // sock_filter[]
  uint32_t flags = 0;              // SECCOMP_FILTER_FLAG_* for seccomp(2)

  // seccomp(2) gives a listener, and what it notifies of waits for who has that.
  bool notifies() const;
};

// Compiles with libseccomp, with a prologue that answers ENOSYS for system calls newer than the
// newest the profile names (runc.md 4.11). Nothing when there is nothing to load (neither default
// action nor system calls). `cache` is a directory of ours, or nullptr: compiled filters are kept
// there by the raw bytes of everything that determines them and compared byte for byte when read.
// Throws on what libseccomp or the kernel does not know.
std::optional<SeccompFilter> compile_seccomp(const oci::Seccomp& seccomp, const Fd* cache);

std::string libseccomp_version();
// Of the names in linux.seccomp.architectures, those that it knows.
oci::Strings seccomp_architectures();
// Of the names of actions and in linux.seccomp.flags, those that the running kernel takes.
oci::Strings supported_seccomp_actions();
oci::Strings supported_seccomp_flags();
bool has_seccomp_listeners();  // Linux 5.0

}  // namespace tare::process
