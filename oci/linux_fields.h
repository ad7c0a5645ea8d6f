// Field tables of the "linux" object, resources apart.
#pragma once

#include <tuple>

#include "oci/config.h"
#include "oci/fields.h"
#include "oci/resources_fields.h"

namespace tare::oci {

template <>
inline constexpr auto kFields<Namespace> =
    std::tuple{required("type", &Namespace::type), optional("path", &Namespace::path)};

template <>
inline constexpr auto kFields<TimeOffset> =
    std::tuple{optional("secs", &TimeOffset::secs), optional("nanosecs", &TimeOffset::nanosecs)};

template <>
inline constexpr auto kFields<Device> = std::tuple{required("path", &Device::path),
                                                   required("type", &Device::type),
                                                   optional("major", &Device::major),
                                                   optional("minor", &Device::minor),
                                                   optional("fileMode", &Device::file_mode),
                                                   optional("uid", &Device::uid),
                                                   optional("gid", &Device::gid)};

template <>
inline constexpr auto kFields<NetDevice> = std::tuple{optional("name", &NetDevice::name)};

template <>
inline constexpr auto kFields<IntelRdt> =
    std::tuple{optional("closID", &IntelRdt::clos_id), optional("schemata", &IntelRdt::schemata),
               optional("l3CacheSchema", &IntelRdt::l3_cache_schema),
               optional("memBwSchema", &IntelRdt::mem_bw_schema),
               optional("enableMonitoring", &IntelRdt::enable_monitoring)};

template <>
inline constexpr auto kFields<MemoryPolicy> =
    std::tuple{optional("mode", &MemoryPolicy::mode), optional("nodes", &MemoryPolicy::nodes),
               optional("flags", &MemoryPolicy::flags)};

template <>
inline constexpr auto kFields<SeccompArgument> = std::tuple{
    required("index", &SeccompArgument::index), required("value", &SeccompArgument::value),
    optional("valueTwo", &SeccompArgument::value_two), required("op", &SeccompArgument::op)};

template <>
inline constexpr auto kFields<SeccompRule> =
    std::tuple{required("names", &SeccompRule::names), required("action", &SeccompRule::action),
               optional("errnoRet", &SeccompRule::errno_ret), optional("args", &SeccompRule::args)};

template <>
inline constexpr auto kFields<Seccomp> =
    std::tuple{required("defaultAction", &Seccomp::default_action),
               optional("defaultErrnoRet", &Seccomp::default_errno_ret),
               optional("architectures", &Seccomp::architectures),
               optional("flags", &Seccomp::flags),
               optional("listenerPath", &Seccomp::listener_path),
               optional("listenerMetadata", &Seccomp::listener_metadata),
               optional("syscalls", &Seccomp::syscalls)};

template <>
inline constexpr auto kFields<Personality> =
    std::tuple{required("domain", &Personality::domain), optional("flags", &Personality::flags)};

template <>
inline constexpr auto kFields<Linux> =
    std::tuple{optional("uidMappings", &Linux::uid_mappings),
               optional("gidMappings", &Linux::gid_mappings),
               optional("sysctl", &Linux::sysctl),
               optional("resources", &Linux::resources),
               optional("cgroupsPath", &Linux::cgroups_path),
               optional("namespaces", &Linux::namespaces),
               optional("devices", &Linux::devices),
               optional("netDevices", &Linux::net_devices),
               optional("seccomp", &Linux::seccomp),
               optional("rootfsPropagation", &Linux::rootfs_propagation),
               optional("maskedPaths", &Linux::masked_paths),
               optional("readonlyPaths", &Linux::readonly_paths),
               optional("mountLabel", &Linux::mount_label),
               optional("intelRdt", &Linux::intel_rdt),
               optional("memoryPolicy", &Linux::memory_policy),
               optional("personality", &Linux::personality),
               optional("timeOffsets", &Linux::time_offsets)};

}  // namespace tare::oci
