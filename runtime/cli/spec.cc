// tare spec: writes a config.json to begin with; never over an existing one.
#include <unistd.h>

#include "oci/reader.h"
#include "oci/spec_template.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {

int spec_command(const CommandLine& line) {
  const std::string name = line.options.text(Tag::File, "config.json");
  Fd bundle = sys::openat(AT_FDCWD, line.options.text(Tag::Bundle, "."), O_PATH | O_DIRECTORY);
  if (sys::try_fstatat(bundle.get(), name, AT_SYMLINK_NOFOLLOW)) {
    throw Error("File " + name + " exists. Remove it first");
  }
  oci::Config config = line.options.flag(Tag::RootlessSpec)
                           ? oci::rootless_spec_template(::geteuid(), ::getegid())
                           : oci::spec_template();
  // O_EXCL: whoever made the file since the look above keeps it.
  Fd file = sys::openat(bundle.get(), name, O_WRONLY | O_CREAT | O_EXCL, 0666);
  sys::write_all(file, oci::write_config(config), name);
  return 0;
}

}  // namespace tare::cli
