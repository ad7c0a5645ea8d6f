// The options of `sandbox`, and the policy that they stand for.
#pragma once

#include <array>

#include "runtime/cli/commands.h"
#include "runtime/sandbox/policy.h"

namespace tare::cli {

// bubblewrap's names for the view, docker's for limits.
inline constexpr auto kSandboxOptions = std::to_array<Option>({
    {Tag::RoBind, "ro-bind", nullptr, "SRC DST", "show SRC of the host at DST, read-only"},
    {Tag::TryRoBind, "ro-bind-try", nullptr, "SRC DST", "the same, unless SRC is missing"},
    {Tag::Bind, "bind", nullptr, "SRC DST", "show SRC of the host at DST, writable"},
    {Tag::TryBind, "bind-try", nullptr, "SRC DST", "the same, unless SRC is missing"},
    {Tag::DevBind, "dev-bind", nullptr, "SRC DST", "the same, with its devices usable"},
    {Tag::TryDevBind, "dev-bind-try", nullptr, "SRC DST", "the same, unless SRC is missing"},
    {Tag::Ro, "ro", nullptr, "PATH", "show PATH of the host where it is, read-only"},
    {Tag::Rw, "rw", nullptr, "PATH", "show PATH of the host where it is, writable"},
    {Tag::Hide, "hide", nullptr, "PATH", "cover a file or directory"},
    {Tag::Tmpfs, "tmpfs", nullptr, "DST[:size=SIZE]", "an empty writable directory in memory"},
    {Tag::OverlaySource, "overlay-src", nullptr, "SRC",
     "a layer of the next overlay, above those before it (repeatable)"},
    {Tag::TmpOverlay, "tmp-overlay", nullptr, "DST", "the layers at DST; changes stay in memory"},
    {Tag::RoOverlay, "ro-overlay", nullptr, "DST", "the layers at DST, read-only"},
    {Tag::Overlay, "overlay", nullptr, "RWSRC WORK DST",
     "the layers at DST; changes go to RWSRC, by way of the empty directory WORK"},
    {Tag::Diff, "diff", nullptr, "DIR", "keep what changes in --tmp-overlay in the empty DIR"},
    {Tag::RoBindData, "ro-bind-data", nullptr, "FD DST", "a read-only file of what FD gives"},
    {Tag::BindData, "bind-data", nullptr, "FD DST", "the same, writable"},
    {Tag::File, "file", nullptr, "FD DST", "the same, a part of the root"},
    {Tag::Perms, "perms", nullptr, "OCTAL",
     "mode of what the next dir, tmpfs, file or data option makes"},
    {Tag::Dir, "dir", nullptr, "DST", "an empty directory"},
    {Tag::Symlink, "symlink", nullptr, "TARGET DST", "a symbolic link at DST"},
    {Tag::ReadOnly, "read-only", nullptr, nullptr, "no writable place at all"},
    {Tag::NoDefaultView, "no-default-view", nullptr, nullptr,
     "begin with /proc and /dev alone: no programs, no /etc, no /tmp"},
    {Tag::Workdir, "workdir", "w", "DIR", "working directory in the sandbox"},
    {Tag::Network, "network", nullptr, "MODE",
     "none (default: loopback alone), host, or pasta: the program pasta, when installed"},
    {Tag::Memory, "memory", "m", "SIZE", "memory of all processes, with k, m, g"},
    {Tag::MemorySwap, "memory-swap", nullptr, "SIZE",
     "memory and swap together (default: no swap)"},
    {Tag::Cpus, "cpus", nullptr, "NUMBER", "processors' worth of time, such as 1.5"},
    {Tag::PidsLimit, "pids-limit", nullptr, "NUMBER", "processes and threads"},
    {Tag::Ulimit, "ulimit", nullptr, "NAME=SOFT[:HARD]", "resource limit (repeatable)"},
    {Tag::Timeout, "timeout", nullptr, "DURATION", "end it after this time: 1.5s, 200ms"},
    {Tag::CpuTime, "cpu-time", nullptr, "DURATION", "… after this processor time of all processes"},
    {Tag::KillAfter, "kill-after", nullptr, "DURATION",
     "time between SIGTERM and SIGKILL (default: 2s)"},
    {Tag::MaxOutput, "max-output", nullptr, "SIZE", "bytes of standard output and error together"},
    {Tag::Limits, "limits", nullptr, "MODE",
     "strict (default: what cannot be enforced is an error) or best-effort"},
    {Tag::Uid, "uid", nullptr, "N", "user id inside (default: the caller's)"},
    {Tag::Gid, "gid", nullptr, "N", "group id inside (default: the caller's)"},
    {Tag::MapRoot, "map-root", nullptr, nullptr, "be root inside: --uid 0 --gid 0"},
    {Tag::UidMap, "uidmap", nullptr, "IN:OUT:N", "map user ids, through newuidmap (repeatable)"},
    {Tag::GidMap, "gidmap", nullptr, "IN:OUT:N", "map group ids, through newgidmap (repeatable)"},
    {Tag::Hostname, "hostname", nullptr, "NAME", "host name inside (default: sandbox)"},
    {Tag::CapAdd, "cap-add", nullptr, "CAPABILITY", "let it have a capability (repeatable)"},
    {Tag::Env, "env", "e", "NAME[=VALUE]", "set a variable, or pass the caller's (repeatable)"},
    {Tag::EnvFile, "env-file", nullptr, "FILE", "set variables, one NAME=VALUE a line"},
    {Tag::InheritEnv, "inherit-env", nullptr, nullptr, "pass the caller's whole environment"},
    {Tag::Seccomp, "seccomp", nullptr, "FILTER", "default, strict, none, or a profile's file"},
    {Tag::SeccompFd, "seccomp-fd", nullptr, "FD", "a compiled filter, read from FD"},
    {Tag::Stdin, "stdin", nullptr, "FILE", "read standard input from FILE"},
    {Tag::Stdout, "stdout", nullptr, "FILE", "write standard output to FILE"},
    {Tag::Stderr, "stderr", nullptr, "FILE", "write standard error to FILE"},
    {Tag::Tty, "tty", "t", nullptr, "a terminal of its own, copied to and from ours"},
    {Tag::PreserveFds, "preserve-fds", nullptr, kCount, "leave descriptors 3 to N+2 open"},
    {Tag::PassFd, "pass-fd", nullptr, "FD", "leave this descriptor open (repeatable)"},
    {Tag::Profile, "profile", nullptr, "NAME",
     "begin with the settings of build, judge, agent or offline"},
    {Tag::PolicyFile, "policy", nullptr, "FILE",
     "go on with the settings of a JSON file; options override both (repeatable)"},
    {Tag::PrintPolicy, "print-policy", nullptr, nullptr,
     "print the settings that all of these make, as a policy file, and run nothing"},
    {Tag::Explain, "explain", nullptr, "[=json]",
     "tell every step and where it comes from, and which limits hold here; run nothing"},
    {Tag::ExportBundle, "export-bundle", nullptr, "DIR",
     "write it as an OCI bundle, tell what that cannot say, and run nothing"},
    {Tag::CheckHost, "check", nullptr, nullptr,
     "tell what this host allows, and how to allow the rest; with --json last as JSON"},
    {Tag::Json, "json", nullptr, "FILE|fd:N", "write the result document when it ends", nullptr,
     "fd:1"},
    {Tag::StatusFd, "json-status-fd", nullptr, "FD", "write a JSON line when it starts and ends"},
    {Tag::Batch, "batch", nullptr, nullptr, "run the commands of JSON lines on standard input"},
    {Tag::Jobs, "jobs", nullptr, kCount, "… so many at once (default: one a processor)"},
    {Tag::Unordered, "unordered", nullptr, nullptr, "… and tell of each as soon as it has ended"},
    {Tag::NoDieWithParent, "no-die-with-parent", nullptr, nullptr, "outlive the caller"},
    {Tag::NoForwardSignals, "no-forward-signals", nullptr, nullptr,
     "end everything at once on HUP, INT, QUIT and TERM"},
});

constexpr OptionTable sandbox_option_table() {
  return kSandboxOptions;
}

// Throws what is wrong with a value.
sandbox::Policy sandbox_policy(const CommandLine& line);

}  // namespace tare::cli
