// Device programs in the kernel: loading, attaching to a cgroup, replacing.
#pragma once

#include <cstddef>
#include <span>

#include "runtime/base/fd.h"

namespace tare::cgroups {

// Attaches `program` (bpf_insn[]) to `cgroup`, beside those of others (BPF_F_ALLOW_MULTI: each must
// allow). False when the kernel does not let us use bpf(2) (EPERM): only inside a user namespace
// may that pass.
bool attach_device_program(const Fd& cgroup, std::span<const std::byte> program);

// Puts `program` in the place of the one that tare attached to `cgroup` earlier, in one step: no
// device is ever open that neither of them allows, nor closed that both do. An empty program, which
// allows everything, leaves the cgroup without one of ours. False as above.
bool replace_device_program(const Fd& cgroup, std::span<const std::byte> program);

// Detaches the device programs that tare attached to `cgroup` earlier, but for the newest `keep`.
// For cgroups that were there before: else programs would pile up in them.
void detach_device_programs(const Fd& cgroup, size_t keep);

}  // namespace tare::cgroups
