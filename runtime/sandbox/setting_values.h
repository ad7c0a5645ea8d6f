// Values of settings, each read in one place. They throw naming the setting's origin.
#pragma once

#include <string>

#include "oci/config.h"
#include "runtime/sandbox/settings.h"

namespace tare::sandbox {

[[noreturn]] void refuse(const Setting& setting, const std::string& value);

bool boolean(const Setting& setting);
uint64_t size(const Setting& setting);           // bytes, not 0
uint64_t number(const Setting& setting);         // not negative
uint32_t id(const Setting& setting);             // of a user or group
Milliseconds duration(const Setting& setting);   // rounded up
uint64_t cpu_quota(const Setting& setting);      // "1.5" processors: 150000 µs in every 100 ms
oci::Rlimit rlimit(const Setting& setting);      // NAME=SOFT[:HARD], as docker's --ulimit
oci::IdMapping mapping(const Setting& setting);  // IN:OUT:N
uint32_t mode(const Setting& setting);           // octal, of a file
std::string content(const Setting& setting, const std::string& given);  // FD, or a data: URL
std::string host_path(const Setting& setting, const std::string& path);
std::string path_inside(const Setting& setting, const std::string& path);

}  // namespace tare::sandbox
