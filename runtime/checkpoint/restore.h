// Making a container from images.
#pragma once

#include <string>

#include "runtime/checkpoint/settings.h"
#include "runtime/container/create.h"

namespace tare {

struct RestoreRequest {
  CreateRequest container;  // as for create, without descriptors to hand through
  CriuSettings criu;
  std::string lsm_profile;        // "apparmor:NAME", "selinux:CONTEXT"; empty: that of the images
  std::string lsm_mount_context;  // empty: that of the images
};

// The container runs when this returns: its processes as the images have them, its limits, mounts,
// hooks (prestart, createRuntime) and namespaces by path as the configuration of the bundle says.
// Init is our child. When anything fails nothing is left, and an Error tells what criu's log says.
Created restore(const RestoreRequest& request);

}  // namespace tare
