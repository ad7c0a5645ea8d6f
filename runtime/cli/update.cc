// tare update: changes the limits of a container, as options or a linux.resources document say.
#include "runtime/container/update.h"

#include <fcntl.h>
#include <unistd.h>

#include "oci/reader.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/limit_options.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

constexpr size_t kMostBytes = 64U << 20U;  // as config.json

oci::Resources read_document(const std::string& file) {
  bool standard_input = file == "-";
  Fd fd = standard_input ? Fd(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0))
                         : sys::openat(AT_FDCWD, file, O_RDONLY);
  if (!fd) throw Error(errno, "dup", "standard input");
  std::string name = standard_input ? "standard input" : file;
  std::vector<oci::Violation> violations;
  oci::Resources resources = oci::read_resources(sys::read_all(fd, kMostBytes, name), violations);
  if (!violations.empty()) throw Error(oci::describe(name, violations));
  return resources;
}

}  // namespace

int update_command(const CommandLine& line) {
  const Options& options = line.options;
  ContainerDirectory directory = find_container(line, Lock::No);
  UpdateRequest request;
  std::string file = options.text(Tag::Resources);
  request.resources = file.empty() ? limits_given(options) : read_document(file);
  request.l3_cache_schema = options.text(Tag::L3CacheSchema);
  request.mem_bw_schema = options.text(Tag::MemBwSchema);
  update(directory, request);
  return 0;
}

}  // namespace tare::cli
