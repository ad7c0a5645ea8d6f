// A profile is read like a policy file, at every use: it is small, and ${CWD} is that of now.
#include "runtime/sandbox/profiles.h"

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/sandbox/policy_file.h"

namespace tare::sandbox {

std::vector<Setting> profile_settings(const std::string& name) {
  std::string names;
  for (const Profile& profile : profiles()) {
    // Without a folder: there is none that relative paths could start at.
    if (name == profile.name) return read_policy(profile.document, "profile " + name, "");
    names += std::string(names.empty() ? "" : ", ") + profile.name;
  }
  throw Error("--profile: there is no " + quote(name) + "; there are " + names);
}

}  // namespace tare::sandbox
