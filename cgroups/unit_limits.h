// Changing the limits of a unit that is there.
#pragma once

#include <vector>

#include "cgroups/cgroup.h"

namespace tare::cgroups {

// systemd's idea of the limits, changed before the control files are: otherwise it would write the
// former ones again at its next reload. The destructor changes it back unless it is kept.
class UnitLimits {
 public:
  // `writes` are those of the control files, `former` what would take them back; `lasting` are
  // properties that stay. Throws what systemd says; nothing is changed then.
  UnitLimits(Unit unit, const std::vector<FileWrite>& writes, std::vector<FileWrite> former,
             std::vector<UnitProperty> lasting = {});
  UnitLimits(const UnitLimits&) = delete;
  UnitLimits& operator=(const UnitLimits&) = delete;
  ~UnitLimits();

  void keep() { kept_ = true; }

 private:
  Unit unit_;
  std::vector<FileWrite> former_;
  bool kept_ = false;
};

}  // namespace tare::cgroups
