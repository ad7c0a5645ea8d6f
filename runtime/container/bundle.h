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

// Adds `broken_rules` to what could not be read. A member that could not be read looks absent to
// the rules: it is reported once.
void add_broken_rules(std::vector<oci::Violation>& unreadable,
                      std::vector<oci::Violation> broken_rules);

// The validated configuration; throws one Error with every violation.
oci::Config load_config(const std::string& bundle, const std::string& file);

enum class Detach { No, Yes };

// Throws unless a terminal, a caller that stays and a console socket go together (runc.md 1.7).
void check_terminal(bool terminal, Detach detach, const std::string& console_socket);
void check_terminal(const CreateRequest& request, const oci::Config& config);

// Connections to the sockets the caller named; invalid where none is needed.
struct CallerSockets {
  CallerSocket console;
  CallerSocket pidfd;
};
CallerSockets connect_caller(const std::string& console_socket, const std::string& pidfd_socket);

// The agent of the process' filter, if that has one.
SeccompAgent connect_agent(const oci::Config& config, const std::string& bundle);

// Where compiled filters are kept, below the state root; invalid when the configuration has none.
Fd open_seccomp_cache(const Store& store, const oci::Config& config);

}  // namespace tare
