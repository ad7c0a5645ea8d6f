// The sandbox's file system as what is mounted and what is made in it.
#pragma once

#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/container/plan.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

struct View {
  std::vector<oci::Mount> mounts;
  std::vector<RootEntry> entries;
  Scratch scratch;
  oci::Strings hidden;  // to be covered at the end
};

// What `places` come to, after the mounts that every sandbox has. Throws naming the place whose
// source is missing, or that cannot be made.
View make_view(std::vector<oci::Mount> first, const std::vector<Place>& places,
               const Policy& policy);

}  // namespace tare::sandbox
