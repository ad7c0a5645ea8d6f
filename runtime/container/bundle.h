// What create reads and connects to before it makes anything.
#pragma once

#include <string>
#include <vector>

#include "oci/config.h"
#include "oci/violation.h"
#include "runtime/base/fd.h"
#include "runtime/container/console.h"
#include "runtime/container/create.h"
#include "runtime/container/seccomp_agent.h"
#include "runtime/container/store.h"

namespace tare {

// The bundle's absolute path; throws when it is no directory.
std::string find_bundle(const std::string& path);

// The configuration with every violation of the specification, each said once. Throws when there is
// no such file.
oci::Config read_configuration(const std::string& bundle, const std::string& file,
                               std::vector<oci::Violation>& violations);

// The validated configuration; throws one Error with every violation.
oci::Config load_config(const std::string& bundle, const std::string& file);

// Throws unless a terminal and a console socket go together (runc.md 1.7).
void check_terminal(const CreateRequest& request, const oci::Config& config);

// Connections to the sockets the caller named; invalid where none is needed.
struct CallerSockets {
  CallerSocket console;
  CallerSocket pidfd;
};
// Checks the terminal, too.
CallerSockets connect_caller(const CreateRequest& request, const oci::Config& config);

// The agent of the process' filter, if that has one.
SeccompAgent connect_agent(const oci::Config& config, const std::string& bundle);

// Where compiled filters are kept, below the state root; invalid when the configuration has none.
Fd open_seccomp_cache(const Store& store, const oci::Config& config);

}  // namespace tare
