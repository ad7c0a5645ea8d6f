// What a sandbox is to be, whatever it comes from: defaults, profile, policy file, flags. Plain
// data; settings.cc changes it, policy_text.cc writes it, config.cc makes the configuration of a
// container of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"

namespace tare::sandbox {

using Milliseconds = std::chrono::milliseconds;

// One entry of the sandbox's view of the file system. They apply in order, the last one wins.
struct Place {
  enum class Kind {
    ReadOnlyBind,      // source at path, read-only
    Bind,              // … writable
    DeviceBind,        // … with devices usable
    Tmpfs,             // empty, writable; size in bytes
    Directory,         // empty, part of the root
    Symlink,           // to source
    File,              // content, part of the root
    Hide,              // covers a file or directory of the view
    ReadOnlyData,      // a file with content
    Data,              // … writable, in memory
    ReadOnlyOverlay,   // the layers
    TemporaryOverlay,  // … changes stay in memory, or go to Policy::diff
    Overlay            // … changes go to source, by way of the directory work
  } kind = Kind::ReadOnlyBind;
  std::string path;    // in the sandbox, absolute
  std::string source;  // on the host, absolute; of a Symlink its target
  std::string work;
  std::vector<std::string> layers;  // on the host, absolute, the lowest first
  std::string content;
  std::optional<uint64_t> size;
  std::optional<uint32_t> mode;
  bool may_be_missing = false;  // a missing source leaves the entry out
  std::string origin;           // "default", "--ro-bind", "policy.json: /files/3"
};

enum class Network { None, Host, Pasta };
enum class Enforcement { Strict, BestEffort };

inline constexpr uint64_t kCpuPeriod = 100'000;  // microseconds

struct Limits {
  std::optional<uint64_t> memory;           // bytes
  std::optional<uint64_t> memory_and_swap;  // bytes; absent: no swap at all
  std::optional<uint64_t> cpu_quota;        // microseconds of processor time in kCpuPeriod
  std::optional<uint64_t> pids;
  std::optional<Milliseconds> wall_time, cpu_time;  // cpu_time: of all processes together
  std::optional<uint64_t> output;                   // bytes of stdout and stderr together
  std::vector<oci::Rlimit> rlimits;
  Milliseconds kill_after{2000};  // between SIGTERM and SIGKILL
  Enforcement enforcement = Enforcement::Strict;

  // What only a cgroup can do.
  bool needs_cgroup() const { return memory || cpu_quota || pids || cpu_time; }
};

struct Identity {
  std::optional<uint32_t> uid, gid;  // inside; absent: the caller's
  std::vector<oci::IdMapping> uid_mappings, gid_mappings;
  std::string hostname = "sandbox";
  std::vector<std::string> capabilities;  // CAP_*
};

struct Seccomp {
  enum class Kind { Default, Strict, None, File, Program } kind = Kind::Default;
  std::string file;     // a profile in Docker's format
  std::string program;  // compiled: sock_filter[]
};

// Files that replace a standard stream; empty: the caller's.
struct Streams {
  std::string in, out, err;
  std::optional<size_t> capture;  // bytes of each output that is no file, kept for the result
  bool terminal = false;          // all three are a new one, copied to and from ours
  std::vector<int> passed;        // further descriptors of the caller that stay open
  int status = -1;                // where lines go as things happen (status_lines.h); -1: nowhere
};

struct Policy {
  std::vector<std::string> args;
  std::string working_directory;  // empty: the caller's where it is visible, else HOME
  std::vector<Place> places;
  std::vector<std::string> layers;  // named, for the next overlay
  std::optional<uint32_t> mode;     // named, for the next place that takes one
  std::string diff;                 // directory for what changes in temporary overlays
  bool default_view = true;         // the host's programs, a small /etc, private /tmp
  bool read_only = false;           // no writable place at all
  Network network = Network::None;
  Limits limits;
  Identity identity;
  std::vector<std::string> env;  // NAME=VALUE
  bool inherit_env = false;
  Seccomp seccomp;
  Streams streams;
  bool die_with_parent = true;
  bool forward_signals = true;
  oci::Map<std::string> origins;  // of settings, by name; not there: default
};

}  // namespace tare::sandbox
