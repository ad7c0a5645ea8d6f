// What checkpoint and restore are asked for in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "oci/config.h"
#include "runtime/checkpoint/criu_message.h"

namespace tare {

struct CriuSettings {
  std::string image_path;  // absolute
  std::string work_path;   // absolute; empty: the images'
  CriuCgroupMode cgroup_mode = CriuCgroupMode::Default;
  bool tcp_established = false;
  bool tcp_close = false;
  bool ext_unix_sk = false;
  bool shell_job = false;
  bool file_locks = false;
  bool auto_dedup = false;
  bool lazy_pages = false;
};

// The value of --manage-cgroups-mode; throws for one that is none.
CriuCgroupMode parse_cgroup_mode(std::string_view name);

// The file of further settings, which win over ours: what the annotation org.criu.config names
// (from the bundle where it is relative; none when it is empty), else /etc/criu/tare.conf where
// there is one, else /etc/criu/runc.conf.
std::string criu_config_file(const oci::Map<std::string>& annotations, const std::string& bundle);

// `settings` as criu wants them, with what we always want: a log, a terminal without its master,
// and network namespaces without their content, which is the engine's.
CriuOptions criu_options(const CriuSettings& settings);

}  // namespace tare
