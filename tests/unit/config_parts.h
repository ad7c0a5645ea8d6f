// Parts of a configuration.
#pragma once

#include <string>

#include "oci/config.h"

namespace tare {

inline oci::Mount mount(const std::string& type, const std::string& destination,
                        oci::Strings options = {}) {
  oci::Mount mount;
  mount.type = type;
  mount.source = type;
  mount.destination = destination;
  mount.options = std::move(options);
  return mount;
}

inline oci::Hook hook(const std::string& path) {
  oci::Hook hook;
  hook.path = path;
  return hook;
}

}  // namespace tare
