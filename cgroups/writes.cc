// What a missing or refusing file means for the writes after it: a limit may have a second file to
// go to, or must wait for the others, whose values it depends on.
#include "cgroups/writes.h"

#include <cerrno>

#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

// EOPNOTSUPP: of a file for block devices, the device is not under this policy (io.bfq.weight for
// one with another scheduler).
bool is_not_for_this(int error) {
  return error == ENOENT || error == EOPNOTSUPP;
}

}  // namespace

std::optional<WriteFailure> write_all(const std::vector<FileWrite>& writes,
                                      const TryWrite& try_write) {
  std::vector<const FileWrite*> again;
  std::string done;  // the last optional file, if it took its value
  for (const FileWrite& write : writes) {
    if (!write.unless.empty() && write.unless == done) continue;
    int error = try_write(write);
    if (write.optional_file) done = error == 0 ? write.file : "";
    if (error == 0 || (write.optional_file && is_not_for_this(error))) continue;
    if (error != EINVAL || !write.retry) return WriteFailure{&write, error};
    again.push_back(&write);
  }
  for (const FileWrite* write : again) {
    if (int error = try_write(*write)) return WriteFailure{write, error};
  }
  return std::nullopt;
}

Error write_error(const WriteFailure& failure, const std::string& path) {
  const FileWrite& write = *failure.write;
  Scope scope(write.pointer);
  Error error(failure.error, "write " + quote(write.value) + " to", path + "/" + write.file);
  if (failure.error == ENOENT) error.with_hint("this kernel does not have the file");
  return error;
}

}  // namespace tare::cgroups
