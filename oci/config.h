// config.json as plain structs, member for member as runtime-spec 1.3 names them (camelCase there,
// snake_case here). std::optional where the specification says optional and absence differs from
// the zero value. No JSON type and no behaviour; field tables for reading and writing are in
// oci/config_fields.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tare::oci {

template <typename T>
using Map = std::map<std::string, T, std::less<>>;
using Strings = std::vector<std::string>;

struct Root {
  std::string path;  // absolute, or relative to the bundle
  bool readonly = false;
};

struct IdMapping {
  uint32_t container_id = 0;
  uint32_t host_id = 0;
  uint32_t size = 0;
};

struct Mount {
  std::string destination;
  std::optional<std::string> source;
  std::optional<std::string> type;
  Strings options;
  std::vector<IdMapping> uid_mappings;
  std::vector<IdMapping> gid_mappings;
};

struct ConsoleSize {
  uint64_t height = 0;
  uint64_t width = 0;
};

struct User {
  uint32_t uid = 0;
  uint32_t gid = 0;
  std::optional<uint32_t> umask;
  std::vector<uint32_t> additional_gids;
};

struct Rlimit {
  std::string type;  // RLIMIT_NOFILE …
  uint64_t soft = 0;
  uint64_t hard = 0;
};

struct Capabilities {
  Strings bounding, effective, inheritable, permitted, ambient;
};

struct Scheduler {
  std::string policy;
  int32_t nice = 0;
  int32_t priority = 0;
  Strings flags;
  uint64_t runtime = 0, deadline = 0, period = 0;  // nanoseconds
};

struct IoPriority {
  std::string io_class;  // member "class"
  int32_t priority = 0;
};

struct ExecCpuAffinity {
  std::string initial;
  std::string final;  // member "final"
};

struct Process {
  bool terminal = false;
  std::optional<ConsoleSize> console_size;
  std::string cwd;
  Strings env;
  Strings args;
  User user;
  std::vector<Rlimit> rlimits;
  std::optional<Capabilities> capabilities;
  bool no_new_privileges = false;
  std::string apparmor_profile;
  std::string selinux_label;
  std::optional<int32_t> oom_score_adj;
  std::optional<Scheduler> scheduler;
  std::optional<IoPriority> io_priority;
  std::optional<ExecCpuAffinity> exec_cpu_affinity;
};

struct Hook {
  std::string path;
  Strings args;
  std::optional<Strings> env;      // absent and empty differ (runc.md 4.10)
  std::optional<int64_t> timeout;  // seconds
};

struct Hooks {
  std::vector<Hook> prestart, create_runtime, create_container, start_container, poststart,
      poststop;
};

struct Namespace {
  std::string type;
  std::string path;  // empty: a new one
};

struct TimeOffset {
  int64_t secs = 0;
  uint32_t nanosecs = 0;
};

struct Device {
  std::string type;
  std::string path;
  std::optional<int64_t> major, minor;
  std::optional<uint32_t> file_mode;
  std::optional<uint32_t> uid, gid;
};

struct NetDevice {
  std::string name;
};

struct DeviceRule {
  std::optional<bool> allow;  // required; optional so that its absence can be reported
  std::string type;           // "", a, b, c
  std::optional<int64_t> major, minor;
  std::string access;
};

struct Memory {
  std::optional<int64_t> limit, reservation, swap, kernel, kernel_tcp;
  std::optional<uint64_t> swappiness;
  std::optional<bool> disable_oom_killer, use_hierarchy, check_before_update;
};

struct Cpu {
  std::optional<uint64_t> shares, period, burst, realtime_period;
  std::optional<int64_t> quota, realtime_runtime, idle;
  std::string cpus, mems;
};

struct WeightDevice {
  std::optional<int64_t> major, minor;
  std::optional<uint16_t> weight, leaf_weight;
};

struct ThrottleDevice {
  std::optional<int64_t> major, minor;
  std::optional<uint64_t> rate;
};

struct BlockIo {
  std::optional<uint16_t> weight, leaf_weight;
  std::vector<WeightDevice> weight_device;
  std::vector<ThrottleDevice> throttle_read_bps, throttle_write_bps, throttle_read_iops,
      throttle_write_iops;
};

struct HugepageLimit {
  std::string page_size;
  std::optional<uint64_t> limit;
};

struct InterfacePriority {
  std::string name;
  uint32_t priority = 0;
};

struct NetworkClass {
  std::optional<uint32_t> class_id;
  std::vector<InterfacePriority> priorities;
};

struct Pids {
  std::optional<int64_t> limit;
};

struct Rdma {
  std::optional<uint32_t> hca_handles, hca_objects;
};

struct Resources {
  std::vector<DeviceRule> devices;
  std::optional<Memory> memory;
  std::optional<Cpu> cpu;
  std::optional<BlockIo> block_io;
  std::vector<HugepageLimit> hugepage_limits;
  std::optional<NetworkClass> network;
  std::optional<Pids> pids;
  Map<Rdma> rdma;
  Map<std::string> unified;
};

struct IntelRdt {
  std::optional<std::string> clos_id;
  std::string l3_cache_schema, mem_bw_schema;
  Strings schemata;
  bool enable_monitoring = false;
};

struct MemoryPolicy {
  std::string mode;
  std::string nodes;
  Strings flags;
};

struct SeccompArgument {
  std::optional<uint32_t> index;
  std::optional<uint64_t> value;
  uint64_t value_two = 0;
  std::string op;
};

struct SeccompRule {
  Strings names;
  std::string action;
  std::optional<uint32_t> errno_ret;
  std::vector<SeccompArgument> args;
};

struct Seccomp {
  std::string default_action;
  std::optional<uint32_t> default_errno_ret;
  Strings architectures;
  std::optional<Strings> flags;  // absent: SPEC_ALLOW, as runc (runc.md 4.11)
  std::string listener_path;
  std::string listener_metadata;
  std::vector<SeccompRule> syscalls;
};

struct Personality {
  std::string domain;
  Strings flags;
};

struct Linux {
  std::vector<Namespace> namespaces;
  std::vector<IdMapping> uid_mappings, gid_mappings;
  Map<TimeOffset> time_offsets;
  std::vector<Device> devices;
  Map<NetDevice> net_devices;
  std::optional<std::string> cgroups_path;
  std::optional<Resources> resources;
  std::optional<IntelRdt> intel_rdt;
  std::optional<MemoryPolicy> memory_policy;
  Map<std::string> sysctl;
  std::optional<Seccomp> seccomp;
  std::string rootfs_propagation;
  Strings masked_paths, readonly_paths;
  std::string mount_label;
  std::optional<Personality> personality;
};

struct Config {
  std::string oci_version;
  std::optional<Root> root;
  std::vector<Mount> mounts;
  std::optional<Process> process;
  std::string hostname;
  std::string domainname;
  std::optional<Hooks> hooks;
  Map<std::string> annotations;
  std::optional<Linux> linux_;  // member "linux": a macro of the compiler's without the underscore
};

}  // namespace tare::oci
