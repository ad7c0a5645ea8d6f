// From bytes to a proven oci::Config.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oci/config.h"
#include "oci/violation.h"

namespace tare::oci {

// Reads the text of a config.json (at most 64 MiB, depth at most 64). Adds every wrong type, range,
// duplicate key and missing required member to `violations`; unknown members are ignored, null is
// absent. The result is only meaningful when nothing was added.
Config read_config(std::string_view text, std::vector<Violation>& violations);

// A linux.resources document (update) and a process document (exec).
Resources read_resources(std::string_view text, std::vector<Violation>& violations);
Process read_process(std::string_view text, std::vector<Violation>& violations);
// A linux.seccomp document, which is what Docker calls a profile.
Seccomp read_seccomp(std::string_view text, std::vector<Violation>& violations);

// The configuration as JSON, tab-indented as runc's `spec` writes it, no trailing newline. Members
// equal to their absence are left out.
std::string write_config(const Config& config);

}  // namespace tare::oci
