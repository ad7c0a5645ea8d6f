// Engines read some commands' standard output as JSON and a build log's readers see the rest, so
// nothing but results goes there, and a result that could not be written is a failure.
#include "runtime/cli/output.h"

#include <cerrno>
#include <cstdio>

#include "runtime/base/error.h"

namespace tare::cli {

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Error(errno, "write", "standard output");
  }
}

}  // namespace tare::cli
