// The process that an exec runs, made of what the caller gives and of the container's own.
#pragma once

#include <optional>
#include <string>

#include "oci/config.h"

namespace tare {

struct ProcessRequest {
  std::string file;  // a process.json, absolute; empty: the container's own process is the model
  oci::Strings args;
  oci::Strings env;           // in addition
  oci::Strings capabilities;  // in addition
  std::string cwd;            // empty, as the others: not given
  std::string apparmor_profile, selinux_label;
  std::optional<uint32_t> uid, gid;
  std::vector<uint32_t> additional_gids;
  bool terminal = false;
  std::optional<bool> no_new_privileges;
};

// `own` is the process of the container's configuration, if it has one. What is given overrides; a
// process.json that is silent about capabilities, limits, labels, umask, oomScoreAdj or scheduling
// gets the container's (runc.md 4.13): an engine that forgets them must not unconfine a process.
// Throws one Error with every violation.
oci::Process exec_process(const ProcessRequest& request, const std::optional<oci::Process>& own);

}  // namespace tare
