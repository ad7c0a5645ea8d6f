// What `exec` takes from a container's configuration, kept beside the record so that no later
// command has to read config.json, and none but exec has to read this.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "oci/config.h"
#include "runtime/base/fd.h"
#include "runtime/process/seccomp.h"

namespace tare {

struct ExecBasis {
  // `process`, and of `linux` personality, memoryPolicy and, where the filter notifies, its
  // listener with an absolute path.
  oci::Config config;
  std::optional<process::SeccompFilter> filter;  // compiled
  bool new_keyring = true;                       // the container has a session keyring of its own
};

// The part of `config` that is kept; `bundle` is where its paths are relative to.
oci::Config exec_config(const oci::Config& config, const std::string& bundle);

// One file in the container's folder. It is written once, before the record says `created`.
void write_exec_basis(const Fd& folder, const ExecBasis& basis);
// Throws what is wrong with the file: it is input like any other.
ExecBasis read_exec_basis(const Fd& folder);

}  // namespace tare
