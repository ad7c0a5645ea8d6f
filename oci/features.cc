// What is built in, as runtime-spec's features structure has it. Absent means "unknown" there, so
// whatever is known to be missing is written as false or []. A name is listed only when a
// configuration that uses it is accepted (features.md: each listed name must be recognised);
// engines switch their own behaviour on by these lists, so nothing may be promised early.
#include "oci/features.h"

#include <utility>

#include "oci/json.h"
#include "oci/mount_options.h"
#include "oci/names.h"

namespace tare::oci {
namespace {

// The first runc of the same specification: who asks for runc's version wants to know what he may
// put into a configuration.
constexpr const char* kComparableRunc = "1.4.0";

using json::Object;
using json::Value;

Value list(const Strings& names) {
  json::Array array;
  for (const std::string& name : names) array.emplace_back(name);
  return Value(std::move(array));
}

Value list_without(Names names, Names missing) {
  Strings kept;
  for (std::string_view name : names) {
    if (!contains(missing, name)) kept.emplace_back(name);
  }
  return list(kept);
}

Value enabled(bool is) {
  return Value(Object{{"enabled", Value(is)}});
}

Value mount_options() {
  Strings names = known_mount_options();
  std::erase_if(names,
                [](const std::string& name) { return contains(kUnsupportedMountOptions, name); });
  return list(names);
}

Value seccomp(const Build& build) {
  Object object;
  object.push_back({"enabled", Value(true)});
  object.push_back({"actions", list_without(kSeccompActions, kUnsupportedSeccompActions)});
  object.push_back({"operators", list_without(kSeccompOperators, {})});
  object.push_back({"archs", list_without(kSeccompArchitectures, kNewSeccompArchitectures)});
  object.push_back({"knownFlags", list_without(kSeccompFlags, {})});
  Strings supported = build.seccomp_flags;
  std::erase_if(supported,
                [](const std::string& flag) { return contains(kUnsupportedSeccompFlags, flag); });
  object.push_back({"supportedFlags", list(supported)});
  return Value(std::move(object));
}

Value cgroup() {
  Object object;
  object.push_back({"v1", Value(false)});
  object.push_back({"v2", Value(true)});
  object.push_back({"systemd", Value(false)});
  object.push_back({"systemdUser", Value(false)});
  object.push_back({"rdma", Value(true)});
  return Value(std::move(object));
}

Value linux_features(const Build& build) {
  Object object;
  object.push_back({"namespaces", list_without(kNamespaceTypes, {})});
  object.push_back({"capabilities", list_without(kCapabilities, {})});
  object.push_back({"cgroup", cgroup()});
  object.push_back({"seccomp", seccomp(build)});
  object.push_back({"apparmor", enabled(true)});
  object.push_back({"selinux", enabled(true)});
  object.push_back({"intelRdt", Value(Object{{"enabled", Value(false)},
                                             {"schemata", Value(false)},
                                             {"monitoring", Value(false)}})});
  object.push_back({"memoryPolicy", Value(Object{{"modes", list({})}, {"flags", list({})}})});
  object.push_back({"mountExtensions", Value(Object{{"idmap", enabled(false)}})});
  object.push_back({"netDevices", enabled(false)});
  return Value(std::move(object));
}

Value annotations(const Build& build) {
  Object object;
  object.push_back({"tare.version", Value(build.version)});
  if (!build.commit.empty()) object.push_back({"tare.commit", Value(build.commit)});
  object.push_back({"org.opencontainers.runc.version", Value(kComparableRunc)});
  object.push_back({"org.opencontainers.runc.checkpoint.enabled", Value("false")});
  object.push_back({"io.github.seccomp.libseccomp.version", Value(build.libseccomp)});
  return Value(std::move(object));
}

}  // namespace

std::string features_json(const Build& build) {
  Object object;
  object.push_back({"ociVersionMin", Value(kSpecVersionMin)});
  object.push_back({"ociVersionMax", Value(kSpecVersionMax)});
  object.push_back({"hooks", list_without(kHookNames, {})});
  object.push_back({"mountOptions", mount_options()});
  object.push_back({"linux", linux_features(build)});
  object.push_back({"annotations", annotations(build)});
  object.push_back({"potentiallyUnsafeConfigAnnotations", list_without(kObeyedAnnotations, {})});
  return json::write(Value(std::move(object)), {.width = 4}) + "\n";
}

}  // namespace tare::oci
