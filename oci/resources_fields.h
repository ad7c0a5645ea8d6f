// Field tables of linux.resources, which is also a document of its own (update).
#pragma once

#include <tuple>

#include "oci/config.h"
#include "oci/fields.h"

namespace tare::oci {

template <>
inline constexpr auto kFields<DeviceRule> =
    std::tuple{required("allow", &DeviceRule::allow), optional("type", &DeviceRule::type),
               optional("major", &DeviceRule::major), optional("minor", &DeviceRule::minor),
               optional("access", &DeviceRule::access)};

template <>
inline constexpr auto kFields<Memory> =
    std::tuple{optional("limit", &Memory::limit),
               optional("reservation", &Memory::reservation),
               optional("swap", &Memory::swap),
               optional("kernel", &Memory::kernel),
               optional("kernelTCP", &Memory::kernel_tcp),
               optional("swappiness", &Memory::swappiness),
               optional("disableOOMKiller", &Memory::disable_oom_killer),
               optional("useHierarchy", &Memory::use_hierarchy),
               optional("checkBeforeUpdate", &Memory::check_before_update)};

template <>
inline constexpr auto kFields<Cpu> = std::tuple{optional("shares", &Cpu::shares),
                                                optional("quota", &Cpu::quota),
                                                optional("burst", &Cpu::burst),
                                                optional("period", &Cpu::period),
                                                optional("realtimeRuntime", &Cpu::realtime_runtime),
                                                optional("realtimePeriod", &Cpu::realtime_period),
                                                optional("cpus", &Cpu::cpus),
                                                optional("mems", &Cpu::mems),
                                                optional("idle", &Cpu::idle)};

template <>
inline constexpr auto kFields<WeightDevice> = std::tuple{
    required("major", &WeightDevice::major), required("minor", &WeightDevice::minor),
    optional("weight", &WeightDevice::weight), optional("leafWeight", &WeightDevice::leaf_weight)};

template <>
inline constexpr auto kFields<ThrottleDevice> =
    std::tuple{required("major", &ThrottleDevice::major), required("minor", &ThrottleDevice::minor),
               required("rate", &ThrottleDevice::rate)};

template <>
inline constexpr auto kFields<BlockIo> =
    std::tuple{optional("weight", &BlockIo::weight),
               optional("leafWeight", &BlockIo::leaf_weight),
               optional("weightDevice", &BlockIo::weight_device),
               optional("throttleReadBpsDevice", &BlockIo::throttle_read_bps),
               optional("throttleWriteBpsDevice", &BlockIo::throttle_write_bps),
               optional("throttleReadIOPSDevice", &BlockIo::throttle_read_iops),
               optional("throttleWriteIOPSDevice", &BlockIo::throttle_write_iops)};

template <>
inline constexpr auto kFields<HugepageLimit> = std::tuple{
    required("pageSize", &HugepageLimit::page_size), required("limit", &HugepageLimit::limit)};

template <>
inline constexpr auto kFields<InterfacePriority> = std::tuple{
    required("name", &InterfacePriority::name), required("priority", &InterfacePriority::priority)};

template <>
inline constexpr auto kFields<NetworkClass> =
    std::tuple{optional("classID", &NetworkClass::class_id),
               optional("priorities", &NetworkClass::priorities)};

template <>
inline constexpr auto kFields<Pids> = std::tuple{optional("limit", &Pids::limit)};

template <>
inline constexpr auto kFields<Rdma> = std::tuple{optional("hcaHandles", &Rdma::hca_handles),
                                                 optional("hcaObjects", &Rdma::hca_objects)};

template <>
inline constexpr auto kFields<Resources> =
    std::tuple{optional("unified", &Resources::unified),
               optional("devices", &Resources::devices),
               optional("memory", &Resources::memory),
               optional("cpu", &Resources::cpu),
               optional("pids", &Resources::pids),
               optional("blockIO", &Resources::block_io),
               optional("hugepageLimits", &Resources::hugepage_limits),
               optional("network", &Resources::network),
               optional("rdma", &Resources::rdma)};

}  // namespace tare::oci
