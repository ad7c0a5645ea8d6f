// Annotations that are properties of a container's systemd unit.
#pragma once

#include <string_view>

namespace tare::oci::annotation {

// Before the name of a property. What a property may do is systemd's to say: an engine must not let
// an image set them.
inline constexpr std::string_view kSystemdProperty = "org.systemd.property.";

}  // namespace tare::oci::annotation
