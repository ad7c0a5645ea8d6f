// AppArmor and SELinux, as far as labels of processes and mounts need to know them.
#pragma once

#include <string>
#include <vector>

namespace tare::process {

// What the running kernel has.
struct SecurityModules {
  bool apparmor = false;
  bool confined = false;    // by AppArmor: this process itself
  bool selinux = false;     // with a policy loaded
  std::string selinux_dir;  // where selinuxfs is mounted; empty: nowhere
};

// Asks the files below `root`, the host's root directory but for tests.
SecurityModules security_modules(const std::string& root = "");

// The context as the kernel will show it (categories in order). The same text when selinuxfs cannot
// be asked; an Error when the loaded policy does not know the context.
std::string canonical_context(const SecurityModules& modules, const std::string& context);

// The parts of what AppArmor shows for a profile: "a//&:ns://b" is "a" and ":ns:b".
std::vector<std::string> profile_parts(const std::string& profile);

}  // namespace tare::process
