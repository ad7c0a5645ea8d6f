// Policies that are built in: the documents of the folder profiles, each with a comment of its
// purpose.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/sandbox/settings.h"

namespace tare::sandbox {

struct Profile {
  const char* name;
  const char* document;
};
std::span<const Profile> profiles();  // profile_documents.cc.in

// The settings of the profile `name`. Throws naming those there are.
std::vector<Setting> profile_settings(const std::string& name);

}  // namespace tare::sandbox
