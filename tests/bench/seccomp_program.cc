// Compiles a seccomp section to a file, for the floor: it loads a filter but never makes one.
//     seccomp_program PROFILE.json OUTPUT
#include <fcntl.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/process/seccomp.h"

namespace {

using nlohmann::json;

template <typename T>
std::optional<T> optional(const json& object, const char* name) {
  if (!object.contains(name) || object[name].is_null()) return std::nullopt;
  return object[name].get<T>();
}

tare::oci::Seccomp read_profile(const char* path) {
  json document = json::parse(std::ifstream(path));
  tare::oci::Seccomp seccomp;
  seccomp.default_action = document["defaultAction"];
  seccomp.default_errno_ret = optional<uint32_t>(document, "defaultErrnoRet");
  seccomp.architectures = document.value("architectures", tare::oci::Strings());
  for (const json& entry : document["syscalls"]) {
    tare::oci::SeccompRule rule{
        entry["names"], entry["action"], optional<uint32_t>(entry, "errnoRet"), {}};
    for (const json& argument : entry.value("args", json::array())) {
      rule.args.push_back({argument["index"].get<uint32_t>(), argument["value"].get<uint64_t>(),
                           argument.value("valueTwo", uint64_t{0}), argument["op"]});
    }
    seccomp.syscalls.push_back(std::move(rule));
  }
  return seccomp;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    auto filter = tare::process::compile_seccomp(read_profile(argv[1]), nullptr).value();
    tare::Fd output = tare::sys::openat(AT_FDCWD, argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    tare::sys::write_all(
        output, {reinterpret_cast<const char*>(filter.program.data()), filter.program.size()},
        argv[2]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
