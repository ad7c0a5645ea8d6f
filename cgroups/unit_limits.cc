// Properties that systemd has no name for are not its business: where there are no others, it is
// not even asked for its version.
#include "cgroups/unit_limits.h"

#include "cgroups/systemd.h"
#include "cgroups/unit_properties.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"

namespace tare::cgroups {
namespace {

constexpr int kNewest = 10'000;

void set_limits(const Unit& unit, const std::vector<FileWrite>& writes,
                std::vector<UnitProperty> properties) {
  if (properties.empty() && limit_properties(writes, kNewest).empty()) return;
  Systemd systemd(unit.user_manager);
  for (UnitProperty& limit : limit_properties(writes, systemd.version())) {
    properties.push_back(std::move(limit));
  }
  systemd.set_properties(unit.name, properties);
}

}  // namespace

UnitLimits::UnitLimits(Unit unit, const std::vector<FileWrite>& writes,
                       std::vector<FileWrite> former, std::vector<UnitProperty> lasting)
    : unit_(std::move(unit)), former_(std::move(former)) {
  set_limits(unit_, writes, std::move(lasting));
}

UnitLimits::~UnitLimits() {
  if (kept_) return;
  // A destructor cannot throw; the error that brought us here is the one to be told first.
  try {
    set_limits(unit_, former_, {});
  } catch (const Error& error) {
    log_warning(error.what());
  }
}

}  // namespace tare::cgroups
