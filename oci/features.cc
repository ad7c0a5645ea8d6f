// What is built in, as runtime-spec's features structure has it. Absent means "unknown" there, so
// whatever is known to be missing is written as false or []. A name is listed only when a
// configuration that uses it is accepted (features.md: each listed name must be recognised);
// engines switch their own behaviour on by these lists, so nothing may be promised early.
#include "oci/features.h"

#include <string_view>
#include <utility>
#include <vector>

#include "oci/json.h"
#include "oci/mount_options.h"
#include "oci/process_names.h"
#include "oci/unit_annotation.h"

namespace tare::oci {
namespace {

// The first runc of the same specification: who asks for runc's version wants to know what he may
// put into a configuration.
constexpr const char* kComparableRunc = "1.4.0";

using json::list;
using json::Object;
using json::Value;

Value enabled(bool is) {
  return Value(Object{{"enabled", Value(is)}});
}

Value seccomp(const Build& build) {
  Object object;
  object.push_back({"enabled", Value(true)});
  object.push_back({"actions", list(kSeccompActions)});
  object.push_back({"operators", list(kSeccompOperators)});
  object.push_back({"archs", list(build.seccomp_architectures)});
  object.push_back({"knownFlags", list(kSeccompFlags)});
  object.push_back({"supportedFlags", list(build.seccomp_flags)});
  return Value(std::move(object));
}

Value cgroup() {
  Object object;
  object.push_back({"v1", Value(false)});
  object.push_back({"v2", Value(true)});
  object.push_back({"systemd", Value(true)});
  object.push_back({"systemdUser", Value(true)});
  object.push_back({"rdma", Value(true)});
  return Value(std::move(object));
}

Value linux_features(const Build& build) {
  Object object;
  object.push_back({"namespaces", list(kNamespaceTypes)});
  object.push_back({"capabilities", list(kCapabilities)});
  object.push_back({"cgroup", cgroup()});
  object.push_back({"seccomp", seccomp(build)});
  object.push_back({"apparmor", enabled(true)});
  object.push_back({"selinux", enabled(true)});
  object.push_back({"intelRdt", Value(Object{{"enabled", Value(true)},
                                             {"schemata", Value(true)},
                                             {"monitoring", Value(true)}})});
  object.push_back({"memoryPolicy", Value(Object{{"modes", list(kMemoryPolicyModes)},
                                                 {"flags", list(kMemoryPolicyFlags)}})});
  object.push_back({"mountExtensions", Value(Object{{"idmap", enabled(true)}})});
  object.push_back({"netDevices", enabled(true)});
  return Value(std::move(object));
}

Value annotations(const Build& build) {
  Object object;
  object.push_back({"tare.version", Value(build.version)});
  if (!build.commit.empty()) object.push_back({"tare.commit", Value(build.commit)});
  object.push_back({"org.opencontainers.runc.version", Value(kComparableRunc)});
  object.push_back({"org.opencontainers.runc.checkpoint.enabled", Value("true")});
  object.push_back({"io.github.seccomp.libseccomp.version", Value(build.libseccomp)});
  return Value(std::move(object));
}

}  // namespace

std::string features_json(const Build& build) {
  Object object;
  object.push_back({"ociVersionMin", Value(kSpecVersionMin)});
  object.push_back({"ociVersionMax", Value(kSpecVersionMax)});
  object.push_back({"hooks", list(kHookNames)});
  object.push_back({"mountOptions", list(known_mount_options())});
  object.push_back({"linux", linux_features(build)});
  object.push_back({"annotations", annotations(build)});
  std::vector<std::string_view> unsafe(std::begin(kObeyedAnnotations),
                                       std::end(kObeyedAnnotations));
  unsafe.push_back(annotation::kSystemdProperty);
  object.push_back({"potentiallyUnsafeConfigAnnotations", list(unsafe)});
  return json::write(Value(std::move(object)), {.width = 4}) + "\n";
}

}  // namespace tare::oci
