// linux.resources.devices as what each kind of device may be used for. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "oci/config.h"

namespace tare::cgroups {

// Says, for the devices it matches, whether the accesses it names (BPF_DEVCG_ACC_*) are allowed.
struct DeviceEntry {
  std::optional<uint32_t> major, minor;  // absent: every number
  unsigned access = 0;
  bool allow = false;
};

// The first entry that matches a device and names an access decides on it.
struct DeviceList {
  std::vector<DeviceEntry> entries;
  bool otherwise = false;  // on whatever no entry decides
};

struct DevicePolicy {
  DeviceList character, block;

  bool allows_everything() const;
};

// The configuration's rules, later ones winning, denied without any; over them the devices every
// container has (spec cgdev-5: mknod of any, null, zero, full, random, urandom, tty, ptmx, pts,
// tun), over these the rules that deny exactly one device by type, major and minor. Throws on a
// rule that has no meaning.
DevicePolicy device_policy(const std::vector<oci::DeviceRule>& rules);

}  // namespace tare::cgroups
