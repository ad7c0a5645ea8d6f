// Which JSON member is which struct member: these tables are the one place that pairs the names of
// runtime-spec with oci/config.h. The reader and the writer of configurations, and the tests that
// try wrong types everywhere, are derived from them.
#pragma once

#include <tuple>

#include "oci/config.h"
#include "oci/fields.h"
#include "oci/linux_fields.h"

namespace tare::oci {

template <>
inline constexpr auto kFields<Root> =
    std::tuple{required("path", &Root::path), optional("readonly", &Root::readonly)};

template <>
inline constexpr auto kFields<IdMapping> =
    std::tuple{required("containerID", &IdMapping::container_id),
               required("hostID", &IdMapping::host_id), required("size", &IdMapping::size)};

template <>
inline constexpr auto kFields<Mount> = std::tuple{required("destination", &Mount::destination),
                                                  optional("type", &Mount::type),
                                                  optional("source", &Mount::source),
                                                  optional("options", &Mount::options),
                                                  optional("uidMappings", &Mount::uid_mappings),
                                                  optional("gidMappings", &Mount::gid_mappings)};

template <>
inline constexpr auto kFields<ConsoleSize> =
    std::tuple{required("height", &ConsoleSize::height), required("width", &ConsoleSize::width)};

template <>
inline constexpr auto kFields<User> =
    std::tuple{written("uid", &User::uid), written("gid", &User::gid),
               optional("umask", &User::umask), optional("additionalGids", &User::additional_gids)};

template <>
inline constexpr auto kFields<Rlimit> =
    std::tuple{required("type", &Rlimit::type), required("hard", &Rlimit::hard),
               required("soft", &Rlimit::soft)};

template <>
inline constexpr auto kFields<Capabilities> = std::tuple{
    optional("bounding", &Capabilities::bounding), optional("effective", &Capabilities::effective),
    optional("inheritable", &Capabilities::inheritable),
    optional("permitted", &Capabilities::permitted), optional("ambient", &Capabilities::ambient)};

template <>
inline constexpr auto kFields<Scheduler> = std::tuple{
    required("policy", &Scheduler::policy),     optional("nice", &Scheduler::nice),
    optional("priority", &Scheduler::priority), optional("flags", &Scheduler::flags),
    optional("runtime", &Scheduler::runtime),   optional("deadline", &Scheduler::deadline),
    optional("period", &Scheduler::period)};

template <>
inline constexpr auto kFields<IoPriority> = std::tuple{required("class", &IoPriority::io_class),
                                                       written("priority", &IoPriority::priority)};

template <>
inline constexpr auto kFields<ExecCpuAffinity> = std::tuple{
    optional("initial", &ExecCpuAffinity::initial), optional("final", &ExecCpuAffinity::final)};

template <>
inline constexpr auto kFields<Process> =
    std::tuple{optional("terminal", &Process::terminal),
               optional("consoleSize", &Process::console_size),
               written("user", &Process::user),
               optional("args", &Process::args),
               optional("env", &Process::env),
               required("cwd", &Process::cwd),
               optional("capabilities", &Process::capabilities),
               optional("rlimits", &Process::rlimits),
               optional("noNewPrivileges", &Process::no_new_privileges),
               optional("apparmorProfile", &Process::apparmor_profile),
               optional("oomScoreAdj", &Process::oom_score_adj),
               optional("scheduler", &Process::scheduler),
               optional("selinuxLabel", &Process::selinux_label),
               optional("ioPriority", &Process::io_priority),
               optional("execCPUAffinity", &Process::exec_cpu_affinity)};

template <>
inline constexpr auto kFields<Hook> =
    std::tuple{required("path", &Hook::path), optional("args", &Hook::args),
               optional("env", &Hook::env), optional("timeout", &Hook::timeout)};

template <>
inline constexpr auto kFields<Hooks> =
    std::tuple{optional("prestart", &Hooks::prestart),
               optional("createRuntime", &Hooks::create_runtime),
               optional("createContainer", &Hooks::create_container),
               optional("startContainer", &Hooks::start_container),
               optional("poststart", &Hooks::poststart),
               optional("poststop", &Hooks::poststop)};

template <>
inline constexpr auto kFields<Config> = std::tuple{required("ociVersion", &Config::oci_version),
                                                   optional("process", &Config::process),
                                                   required("root", &Config::root),
                                                   optional("hostname", &Config::hostname),
                                                   optional("domainname", &Config::domainname),
                                                   optional("mounts", &Config::mounts),
                                                   optional("hooks", &Config::hooks),
                                                   optional("annotations", &Config::annotations),
                                                   optional("linux", &Config::linux_)};

}  // namespace tare::oci
