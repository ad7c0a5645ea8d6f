// What tare and criu say to each other: the messages of criu's images/rpc.proto that we use.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tare {

enum class CriuType {
  Dump = 1,
  Restore = 2,
  PreDump = 4,
  Notify = 6,
  FeatureCheck = 9,
  Version = 10,
};
// As criu spells it: "DUMP".
std::string criu_type_name(CriuType type);

// --manage-cgroups-mode
enum class CriuCgroupMode { Ignore = 0, Soft = 3, Full = 4, Strict = 5, Default = 6 };

// Two texts that belong together: an external mount and what it is known by, a controller and the
// path of a cgroup, a key and …
struct CriuPair {
  std::string key;
  std::string value;
};

// A descriptor of criu's own (not of ours) that takes the place of what the images know by `key`.
struct CriuInheritedFd {
  std::string key;
  int fd = -1;
};

// criu_opts. What is left as it is here is not sent.
struct CriuOptions {
  int images_dir_fd = -1;  // descriptors of ours: criu opens them through /proc
  int work_dir_fd = -1;    // -1: the images'
  std::string log_file;
  int log_level = 4;
  pid_t pid = 0;
  std::string root;
  std::string parent_image;  // relative to the images
  std::string config_file;
  std::string freeze_cgroup;
  std::string cgroup_yard;
  std::string page_server_address;
  int page_server_port = 0;
  std::string lsm_profile, lsm_mount_context;
  CriuCgroupMode cgroup_mode = CriuCgroupMode::Default;
  uint32_t empty_namespaces = 0;  // CLONE_NEW*
  bool leave_running = false, track_memory = false, link_remap = false, auto_dedup = false;
  bool ext_unix_sk = false, shell_job = false, file_locks = false, lazy_pages = false;
  bool tcp_established = false, tcp_skip_in_flight = false, tcp_close = false;
  bool orphan_pts_master = false, evasive_devices = false;
  bool restore_sibling = false;  // the restored init becomes our child, not criu's
  std::vector<CriuPair> external_mounts;
  std::vector<std::string> external;  // other things of the host: "net[INODE]:KEY"
  std::vector<CriuPair> join_namespaces;
  std::vector<CriuPair> cgroup_roots;  // controller, path
  std::vector<CriuInheritedFd> inherited;
};

// What FEATURE_CHECK asks for and answers.
struct CriuFeatures {
  bool memory_tracking = false;
  bool lazy_pages = false;
};

// --- requests, encoded

// Dump, Restore, PreDump.
std::string criu_request(CriuType type, const CriuOptions& options);
std::string criu_version_request();
std::string criu_feature_request(const CriuFeatures& features);
// The answer to a notification: false makes criu give up and undo.
std::string criu_notify_answer(bool success);

// --- replies

struct CriuReply {
  CriuType type{};
  bool success = false;
  int error = 0;               // an errno, 0 when criu knows none
  std::string message;         // criu's own words; often empty
  std::string script;          // Notify: what is about to happen or has
  pid_t pid = 0;               // Notify: the restored init; 0 where it does not matter
  std::optional<int> version;  // 31701 is 3.17.1
  CriuFeatures features;
};

// Throws an Error for what is no reply, lacks a required member or has one of another type.
CriuReply read_criu_reply(std::string_view bytes);

}  // namespace tare
