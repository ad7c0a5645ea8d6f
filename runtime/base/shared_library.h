// Libraries of cold features, opened on first use.
#pragma once

#include <string>

namespace tare {

// A shared library of the system, found by absolute path in the system's own library directories
// only: engines run us with LD_LIBRARY_PATH ending in an empty entry, which is the bundle. Never
// closed. Single-threaded.
class SharedLibrary {
 public:
  // `soname` such as "libmount.so.1"; throws an Error naming it when it is not installed.
  explicit SharedLibrary(const std::string& soname);

  // The function `name` as a pointer of type `Function`; throws when it is missing.
  template <typename Function>
  Function* symbol(const char* name) const {
    return reinterpret_cast<Function*>(address(name));
  }

 private:
  void* address(const char* name) const;

  std::string soname_;
  void* handle_ = nullptr;
};

}  // namespace tare
