// Which file systems take a context: security/selinux/hooks.c, selinux_set_mnt_opts(). The kernel
// labels proc and sysfs inode by inode; cgroup2 and mqueue have superblocks that exist already and
// must not be asked for another context, but the root of an mqueue can be given a label. Mounts of
// a user namespace take one on the four types below only; the root of their mqueue belongs to who
// made the ipc namespace, the host's root, and keeps the label that the policy gives.
#include "namespaces/mount_label.h"

#include <algorithm>

#include "oci/names.h"

namespace tare::namespaces {
namespace {

constexpr std::string_view kLabelledByKernel[] = {"proc", "sysfs", "cgroup", "cgroup2"};
constexpr std::string_view kInUserNamespace[] = {"tmpfs", "ramfs", "devpts", "overlay"};

bool is_context(const std::string& option) {
  size_t equals = option.find('=');
  return equals != std::string::npos &&
         oci::contains(oci::kMountContextTypes, option.substr(0, equals));
}

}  // namespace

LabelWay label_way(std::string_view type, bool user_namespace) {
  if (oci::contains(kLabelledByKernel, type)) return LabelWay::None;
  if (user_namespace)
    return oci::contains(kInUserNamespace, type) ? LabelWay::Option : LabelWay::None;
  return type == "mqueue" ? LabelWay::Attribute : LabelWay::Option;
}

bool has_context(const std::vector<std::string>& options) {
  return std::any_of(options.begin(), options.end(), is_context);
}

void unquote_context(std::vector<std::string>& options) {
  for (std::string& option : options) {
    if (is_context(option)) std::erase(option, '"');
  }
}

std::string fsconfig_option(const MountLabel& label) {
  return label.option + "=" + label.context;
}

std::string mount_option(const MountLabel& label) {
  return label.option + "=\"" + label.context + "\"";
}

}  // namespace tare::namespaces
