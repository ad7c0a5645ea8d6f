// What a container's limits are as properties of its unit (systemd.resource-control(5)), so that
// systemd, which writes the control files of a unit anew whenever it is told to, writes the same.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "cgroups/cgroup.h"
#include "cgroups/dbus_value.h"
#include "cgroups/device_rules.h"
#include "oci/config.h"

namespace tare::cgroups {

// Of the writes that systemd of this version has a property for; what it has none for (huge pages,
// rdma, burst) it leaves alone in the file. CPU quotas become whole steps of 10 ms per second,
// rounded up, because systemd rounds down.
std::vector<UnitProperty> limit_properties(const std::vector<FileWrite>& writes, int version);

// Makes the quotas that are to be written those that systemd writes for such a property.
void round_quotas(std::vector<FileWrite>& writes);

// The devices that a policy allows, as far as systemd has words for them, and never less: the exact
// program is attached beside that of systemd, and both have to allow. Nothing when everything is
// allowed.
std::vector<UnitProperty> device_properties(const DevicePolicy& policy, int version);

// systemd stays out of the way: for device rules that change while the container runs, where its
// filter must never allow less than ours, whichever of the two changes first.
std::vector<UnitProperty> no_device_properties();

// Those that `annotations` ask for: "org.systemd.property.NAME" with the value in GVariant text.
// NAME in seconds ("TimeoutStopSec") becomes the one in microseconds. Throws for names and values
// that are none, naming the annotation.
std::vector<UnitProperty> annotated_properties(const oci::Map<std::string>& annotations);

// `later` win over those of the same name in `properties`.
void override_properties(std::vector<UnitProperty>& properties, std::vector<UnitProperty> later);

}  // namespace tare::cgroups
