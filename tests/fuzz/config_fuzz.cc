// libFuzzer harness for the readers: any bytes, as a configuration, a process and a resources
// document. Besides not crashing: what is accepted must be written as a document that is accepted
// again and means the same.
#include <cstdint>
#include <cstdlib>

#include "oci/mount_options.h"
#include "oci/reader.h"
#include "oci/validate.h"

using namespace tare::oci;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<Violation> violations;
  Config config = read_config(text, violations);
  bool readable = violations.empty();
  validate(config, violations);
  (void)describe("config.json", violations);
  for (const Mount& mount : config.mounts) parse_mount_options(mount.options);
  if (readable) {
    std::vector<Violation> again;
    std::string written = write_config(config);
    if (write_config(read_config(written, again)) != written || !again.empty()) std::abort();
  }

  violations.clear();
  validate(read_process(text, violations), violations);
  validate(read_resources(text, violations), violations);
  return 0;
}
