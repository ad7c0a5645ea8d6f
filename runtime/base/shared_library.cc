// dlopen by absolute path. The library's own dependencies are found through the executable's
// DT_RPATH (see runtime/cli/meson.build), which ld.so honours before LD_LIBRARY_PATH.
#include "runtime/base/shared_library.h"

#include <dlfcn.h>
#include <fcntl.h>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr const char* kDirectories[] = {
#if defined(__x86_64__)
    "/usr/lib/x86_64-linux-gnu",
    "/lib/x86_64-linux-gnu",
#elif defined(__aarch64__)
    "/usr/lib/aarch64-linux-gnu",
    "/lib/aarch64-linux-gnu",
#endif
    "/usr/lib64",
    "/lib64",
    "/usr/lib",
    "/lib",
};

}  // namespace

SharedLibrary::SharedLibrary(const std::string& soname) : soname_(soname) {
  for (const char* directory : kDirectories) {
    std::string path = std::string(directory) + "/" + soname;
    if (!sys::try_fstatat(AT_FDCWD, path)) continue;
    handle_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle_ == nullptr) throw Error("cannot open " + path + ": " + ::dlerror());
    return;
  }
  throw Error("library " + soname + " is not installed");
}

void* SharedLibrary::address(const char* name) const {
  void* found = ::dlsym(handle_, name);
  if (found == nullptr) throw Error("library " + soname_ + " has no function " + name);
  return found;
}

}  // namespace tare
