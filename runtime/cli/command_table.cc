// The table of commands and of their options: the one place to add either. Names, letters and
// meanings are runc's; what crun has besides is there under its name.
#include <algorithm>
#include <array>

#include "runtime/cli/commands.h"
#include "runtime/cli/sandbox_options.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

constexpr auto kGlobalOptions = std::to_array<Option>({
    {Tag::Root, "root", nullptr, "DIR",
     "keep the state of containers in DIR (default: /run/tare, for an ordinary user "
     "$XDG_RUNTIME_DIR/tare)"},
    {Tag::Log, "log", nullptr, "FILE",
     "append errors to FILE as well as to standard error; journald:NAME, syslog:NAME: send them"},
    {Tag::LogFormat, "log-format", nullptr, "FORMAT", "text (default) or json"},
    {Tag::LogLevel, "log-level", nullptr, "LEVEL", "error, warning (default) or debug"},
    {Tag::Debug, "debug", nullptr, nullptr, "log each step: --log-level=debug"},
    {Tag::SystemdCgroup, "systemd-cgroup", nullptr, nullptr,
     "let systemd manage cgroups: cgroupsPath is slice:prefix:name"},
    {Tag::CgroupManager, "cgroup-manager", nullptr, "MANAGER",
     "cgroupfs (default), systemd or disabled"},
    {Tag::Rootless, "rootless", nullptr, "WHEN",
     "tolerate a lack of cgroup permissions: true, false or auto (default)"},
    {Tag::Criu, "criu", nullptr, "PATH", "accepted and ignored"},
    {Tag::Help, "help", "h", nullptr, "show help", "?"},
    {Tag::Help, "usage", nullptr, nullptr, "the same"},
    {Tag::Version, "version", "v", nullptr, "show the version", "V"},
});

constexpr auto kCheckOptions = std::to_array<Option>({
    {Tag::Config, "config", "f", "FILE", "configuration in the bundle (default: config.json)"},
    {Tag::Json, "json", nullptr, nullptr, "print JSON"},
});

constexpr auto kNewContainerOptions = std::to_array<Option>({
    {Tag::Bundle, "bundle", "b", "DIR", "directory of the bundle (default: the current one)"},
    {Tag::Config, "config", "f", "FILE", "configuration in the bundle (default: config.json)"},
    {Tag::ConsoleSocket, "console-socket", nullptr, "PATH",
     "UNIX socket that receives the master end of the container's terminal"},
    {Tag::PidfdSocket, "pidfd-socket", nullptr, "PATH",
     "UNIX socket that receives a pidfd of the container's process"},
    {Tag::PidFile, "pid-file", nullptr, "FILE", "write the process id to FILE"},
    {Tag::NoPivot, "no-pivot", nullptr, nullptr,
     "do not use pivot_root, for a root file system on a ramdisk (unsafe)"},
    {Tag::NoNewKeyring, "no-new-keyring", nullptr, nullptr,
     "let the container inherit the caller's session keyring"},
    {Tag::PreserveFds, "preserve-fds", nullptr, kCount,
     "pass N further descriptors, beginning with 3 + $LISTEN_FDS"},
    {Tag::Explain, "explain", nullptr, nullptr, "show what would be done, and do nothing"},
    {Tag::Format, "format", nullptr, "FORMAT", "of --explain: text (default) or json"},
});

constexpr auto kCreateOnlyOptions = std::to_array<Option>({
    {Tag::NoSubreaper, "no-subreaper", nullptr, nullptr, "accepted: create adopts nobody"},
});

constexpr auto kRunOnlyOptions = std::to_array<Option>({
    {Tag::Detach, "detach", "d", nullptr, "return when the container has started"},
    {Tag::Keep, "keep", nullptr, nullptr, "do not delete the container when it has exited"},
    {Tag::NoSubreaper, "no-subreaper", nullptr, nullptr,
     "do not adopt and reap the container's orphans"},
});

template <size_t N, size_t M>
constexpr auto join(const std::array<Option, N>& first, const std::array<Option, M>& second) {
  std::array<Option, N + M> both{};
  std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), both.begin()));
  return both;
}

constexpr auto kCreateOptions = join(kNewContainerOptions, kCreateOnlyOptions);
constexpr auto kRunOptions = join(kNewContainerOptions, kRunOnlyOptions);

constexpr auto kDeleteOptions = std::to_array<Option>({
    {Tag::Force, "force", "f", nullptr, "kill a running container; succeed if there is none"},
    {Tag::Regex, "regex", "r", nullptr,
     "delete every container whose id matches the extended regular expression"},
});

constexpr auto kEventsOptions = std::to_array<Option>({
    {Tag::Interval, "interval", nullptr, "DURATION", "time between two statistics (default: 5s)"},
    {Tag::Stats, "stats", nullptr, nullptr, "show the statistics once"},
});

constexpr auto kExecOptions = std::to_array<Option>({
    {Tag::Process, "process", "p", "FILE", "take the process from FILE, a process.json"},
    {Tag::Detach, "detach", "d", nullptr, "return when the process runs"},
    {Tag::Tty, "tty", "t", nullptr, "give the process a terminal"},
    {Tag::ConsoleSocket, "console-socket", nullptr, "PATH",
     "UNIX socket that receives the master end of the process's terminal"},
    {Tag::PidfdSocket, "pidfd-socket", nullptr, "PATH",
     "UNIX socket that receives a pidfd of the process"},
    {Tag::PidFile, "pid-file", nullptr, "FILE", "write the process id to FILE"},
    {Tag::Cwd, "cwd", nullptr, "DIR", "working directory in the container"},
    {Tag::Env, "env", "e", "NAME=VALUE", "set an environment variable (repeatable)"},
    {Tag::User, "user", "u", "UID[:GID]", "run as this user"},
    {Tag::AdditionalGids, "additional-gids", "g", kCount, "add a group (repeatable)"},
    {Tag::Cap, "cap", "c", "CAPABILITY", "add a capability (repeatable)"},
    {Tag::NoNewPrivs, "no-new-privs", nullptr, nullptr, "set no_new_privs"},
    {Tag::AppArmor, "apparmor", nullptr, "PROFILE", "AppArmor profile of the process"},
    {Tag::ProcessLabel, "process-label", nullptr, "LABEL", "SELinux label of the process"},
    {Tag::Cgroup, "cgroup", nullptr, "PATH",
     "run in the cgroup PATH below the container's (repeatable, with a controller: the last)"},
    {Tag::IgnorePaused, "ignore-paused", nullptr, nullptr, "do so in a paused container too"},
    {Tag::PreserveFds, "preserve-fds", nullptr, kCount,
     "pass N further descriptors, beginning with 3 + $LISTEN_FDS"},
});

constexpr auto kKillOptions = std::to_array<Option>({
    {Tag::All, "all", "a", nullptr, "signal every process of the container, stopped or not"},
    {Tag::Regex, "regex", "r", nullptr,
     "signal every container whose id matches the extended regular expression"},
});

constexpr auto kListOptions = std::to_array<Option>({
    {Tag::Format, "format", "f", "FORMAT", "table (default) or json"},
    {Tag::Quiet, "quiet", "q", nullptr, "show ids only"},
});

constexpr auto kCheckpointOptions = std::to_array<Option>({
    {Tag::ImagePath, "image-path", nullptr, "DIR", "write the images to DIR (default: checkpoint)"},
    {Tag::WorkPath, "work-path", nullptr, "DIR", "write logs and the like to DIR"},
    {Tag::ParentPath, "parent-path", nullptr, "DIR",
     "images of an earlier pre-dump, relative to --image-path"},
    {Tag::LeaveRunning, "leave-running", nullptr, nullptr, "let the container run on"},
    {Tag::TcpEstablished, "tcp-established", nullptr, nullptr, "allow open TCP connections"},
    {Tag::TcpSkipInFlight, "tcp-skip-in-flight", nullptr, nullptr,
     "skip TCP connections that are being made"},
    {Tag::TcpClose, "tcp-close", nullptr, nullptr, "close open TCP connections"},
    {Tag::LinkRemap, "link-remap", nullptr, nullptr, "allow files that were removed while open"},
    {Tag::ExtUnixSk, "ext-unix-sk", nullptr, nullptr, "allow connected UNIX sockets"},
    {Tag::ShellJob, "shell-job", nullptr, nullptr, "allow a terminal of the caller's"},
    {Tag::LazyPages, "lazy-pages", nullptr, nullptr, "serve memory on demand"},
    {Tag::StatusFd, "status-fd", nullptr, kCount,
     "write a zero byte to this descriptor when ready"},
    {Tag::PageServer, "page-server", nullptr, "ADDRESS:PORT", "send memory to this page server"},
    {Tag::FileLocks, "file-locks", nullptr, nullptr, "allow file locks"},
    {Tag::PreDump, "pre-dump", nullptr, nullptr, "dump memory only, and let the container run on"},
    {Tag::ManageCgroupsMode, "manage-cgroups-mode", nullptr, "MODE",
     "soft (default), full, strict or ignore"},
    {Tag::EmptyNs, "empty-ns", nullptr, "NAMESPACE",
     "make the namespace without its properties: network (repeatable)"},
    {Tag::AutoDedup, "auto-dedup", nullptr, nullptr, "drop pages of earlier images"},
});

constexpr auto kRestoreOptions = std::to_array<Option>({
    {Tag::Bundle, "bundle", "b", "DIR", "directory of the bundle (default: the current one)"},
    {Tag::Config, "config", "f", "FILE", "configuration in the bundle (default: config.json)"},
    {Tag::ImagePath, "image-path", nullptr, "DIR", "read the images of DIR (default: checkpoint)"},
    {Tag::WorkPath, "work-path", nullptr, "DIR", "write logs and the like to DIR"},
    {Tag::ParentPath, "parent-path", nullptr, "DIR", "accepted and ignored"},
    {Tag::ConsoleSocket, "console-socket", nullptr, "PATH",
     "UNIX socket that receives the master end of the container's terminal"},
    {Tag::PidFile, "pid-file", nullptr, "FILE", "write the process id to FILE"},
    {Tag::Detach, "detach", "d", nullptr, "return when the container has been restored"},
    {Tag::Keep, "keep", nullptr, nullptr, "do not delete the container when it has exited"},
    {Tag::NoSubreaper, "no-subreaper", nullptr, nullptr,
     "do not adopt and reap the container's orphans"},
    {Tag::NoPivot, "no-pivot", nullptr, nullptr, "accepted and ignored"},
    {Tag::NoNewKeyring, "no-new-keyring", nullptr, nullptr,
     "let the container inherit the caller's session keyring"},
    {Tag::TcpEstablished, "tcp-established", nullptr, nullptr, "restore open TCP connections"},
    {Tag::TcpClose, "tcp-close", nullptr, nullptr, "restore TCP connections as closed"},
    {Tag::ExtUnixSk, "ext-unix-sk", nullptr, nullptr, "allow connected UNIX sockets"},
    {Tag::ShellJob, "shell-job", nullptr, nullptr, "allow a terminal of the caller's"},
    {Tag::FileLocks, "file-locks", nullptr, nullptr, "restore file locks"},
    {Tag::ManageCgroupsMode, "manage-cgroups-mode", nullptr, "MODE",
     "soft (default), full, strict or ignore"},
    {Tag::EmptyNs, "empty-ns", nullptr, "NAMESPACE",
     "leave the namespace's properties to others: network (repeatable)"},
    {Tag::AutoDedup, "auto-dedup", nullptr, nullptr, "drop pages of earlier images"},
    {Tag::LazyPages, "lazy-pages", nullptr, nullptr, "take memory on demand from a page server"},
    {Tag::LsmProfile, "lsm-profile", nullptr, "TYPE:NAME", "profile to restore under"},
    {Tag::LsmMountContext, "lsm-mount-context", nullptr, "CONTEXT",
     "SELinux context of mounts to restore with"},
});

constexpr auto kPsOptions = std::to_array<Option>({
    {Tag::Format, "format", "f", "FORMAT", "table (default) or json"},
});

constexpr auto kUpdateOptions = std::to_array<Option>({
    {Tag::Resources, "resources", "r", "FILE",
     "take all limits from FILE, a linux.resources object; \"-\" is standard input"},
    {Tag::BlkioWeight, "blkio-weight", nullptr, "WEIGHT", "I/O weight, 10 to 1000"},
    {Tag::CpuPeriod, "cpu-period", nullptr, "USEC", "period of the CPU quota"},
    {Tag::CpuQuota, "cpu-quota", nullptr, "USEC", "CPU time in a period; -1: no limit"},
    {Tag::CpuBurst, "cpu-burst", nullptr, "USEC", "CPU time that may be saved up"},
    {Tag::CpuShare, "cpu-share", nullptr, "SHARES", "CPU shares against other containers"},
    {Tag::CpuRtPeriod, "cpu-rt-period", nullptr, "USEC", "of cgroup v1 alone"},
    {Tag::CpuRtRuntime, "cpu-rt-runtime", nullptr, "USEC", "of cgroup v1 alone"},
    {Tag::CpusetCpus, "cpuset-cpus", nullptr, "LIST", "CPUs to run on, such as 0-3,5"},
    {Tag::CpusetMems, "cpuset-mems", nullptr, "LIST", "memory nodes to use"},
    {Tag::CpuIdle, "cpu-idle", nullptr, "0|1", "run only when nothing else does"},
    {Tag::Memory, "memory", nullptr, "BYTES", "memory limit, with k, m, g …; -1: no limit"},
    {Tag::MemoryReservation, "memory-reservation", nullptr, "BYTES", "memory to leave alone"},
    {Tag::MemorySwap, "memory-swap", nullptr, "BYTES", "limit of memory and swap; -1: no limit"},
    {Tag::KernelMemory, "kernel-memory", nullptr, "BYTES", "accepted and ignored"},
    {Tag::KernelMemoryTcp, "kernel-memory-tcp", nullptr, "BYTES", "accepted and ignored"},
    {Tag::PidsLimit, "pids-limit", nullptr, "NUMBER", "number of processes; -1: no limit"},
    {Tag::L3CacheSchema, "l3-cache-schema", nullptr, "SCHEMA", "Intel RDT: L3 cache schema"},
    {Tag::MemBwSchema, "mem-bw-schema", nullptr, "SCHEMA", "Intel RDT: memory bandwidth schema"},
});

constexpr auto kSpecOptions = std::to_array<Option>({
    {Tag::Bundle, "bundle", "b", "DIR", "directory to write to (default: the current one)"},
    {Tag::File, "file", "f", "FILE", "name of the file to write there (default: config.json)"},
    {Tag::RootlessSpec, "rootless", nullptr, nullptr, "for a container of an ordinary user"},
});

constexpr auto kCommands = std::to_array<Command>({
    {"check", "tell what a bundle would fail at here, or what this host offers", "[bundle]", 0, 1,
     kCheckOptions, check_command},
    {"checkpoint", "write a running container to images", "<container-id>", 1, 1,
     kCheckpointOptions, checkpoint_command},
    {"create", "create a container", "<container-id>", 1, 1, kCreateOptions, create_command},
    {"delete", "delete a container and everything it holds", "<container-id>", 1, 1, kDeleteOptions,
     delete_command},
    {"events", "show statistics and events of a container", "<container-id>", 1, 1, kEventsOptions,
     events_command},
    {"exec", "run a process in a container", "<container-id> [command [arguments]]", 1, kAnyNumber,
     kExecOptions, exec_command, Words::FromFirstArgument, 255},
    {"features", "show what is built in", "", 0, 0, {}, features_command},
    {"help", "show help", "[command]", 0, 1, {}, help_command},
    {"kill", "send a signal (default: TERM) to a container's init process",
     "<container-id> [signal]", 1, 2, kKillOptions, kill_command},
    {"list", "list the containers of this state root", "", 0, 0, kListOptions, list_command},
    {"pause", "freeze all processes of a container", "<container-id>", 1, 1, {}, pause_command},
    {"ps", "show the processes of a container", "<container-id> [ps options]", 1, kAnyNumber,
     kPsOptions, ps_command, Words::FromFirstArgument},
    {"restore", "make a container from images", "<container-id>", 1, 1, kRestoreOptions,
     restore_command},
    {"resume", "thaw a paused container", "<container-id>", 1, 1, {}, resume_command},
    {"run", "create and start a container", "<container-id>", 1, 1, kRunOptions, run_command},
    {"sandbox", "run one command, confined and limited", "[--] command [arguments]", 0, kAnyNumber,
     sandbox_option_table(), sandbox_command, Words::FromFirstArgument, 125},
    {"spec", "write a configuration to begin with", "", 0, 0, kSpecOptions, spec_command},
    {"start", "run the process of a created container", "<container-id>", 1, 1, {}, start_command},
    {"state", "show the state of a container", "<container-id>", 1, 1, {}, state_command},
    {"update", "change the limits of a container", "<container-id>", 1, 1, kUpdateOptions,
     update_command},
});

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

OptionTable global_options() {
  return kGlobalOptions;
}

}  // namespace tare::cli
