// The notations are docker's where docker has one.
#include "runtime/sandbox/setting_values.h"

#include <fcntl.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>

#include "runtime/base/data_url.h"
#include "runtime/base/duration.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/size.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::sandbox {
namespace {

template <typename T>
T parsed(const Setting& setting, std::string_view text) {
  auto value = parse_number<T>(text);
  if (!value) refuse(setting, std::string(text));
  return *value;
}

}  // namespace

void refuse(const Setting& setting, const std::string& value) {
  throw Error(setting.origin + ": invalid value " + quote(value));
}

bool boolean(const Setting& setting) {
  return setting.values.empty() || setting.values[0] == "true";
}

uint64_t size(const Setting& setting) {
  int64_t bytes = 0;
  try {
    bytes = parse_size(setting.values[0]);
  } catch (const Error&) {
    refuse(setting, setting.values[0]);
  }
  if (bytes <= 0) refuse(setting, setting.values[0]);
  return static_cast<uint64_t>(bytes);
}

uint64_t number(const Setting& setting) {
  return parsed<uint64_t>(setting, setting.values[0]);
}

uint32_t id(const Setting& setting) {
  return parsed<uint32_t>(setting, setting.values[0]);
}

Milliseconds duration(const Setting& setting) {
  auto value = parse_duration(setting.values[0]);
  if (!value || value->count() < 0) refuse(setting, setting.values[0]);
  return std::chrono::ceil<Milliseconds>(*value);
}

uint64_t cpu_quota(const Setting& setting) {
  const std::string& text = setting.values[0];
  char* end = nullptr;
  double processors = std::strtod(text.c_str(), &end);
  bool whole = end != text.c_str() && *end == 0 && std::isfinite(processors);
  // The kernel's least is a millisecond in a period.
  if (!whole || processors < 0.01 || processors > 1e6) refuse(setting, text);
  return static_cast<uint64_t>(std::lround(processors * kCpuPeriod));
}

oci::Rlimit rlimit(const Setting& setting) {
  const std::string& text = setting.values[0];
  size_t equals = text.find('=');
  if (equals == std::string::npos) refuse(setting, text);
  oci::Rlimit limit;
  limit.type = "RLIMIT_";
  for (char c : text.substr(0, equals)) {
    limit.type += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  auto bound = [&](std::string_view part) {
    if (part == "unlimited" || part == "-1") return UINT64_MAX;
    return parsed<uint64_t>(setting, part);
  };
  std::string_view bounds = std::string_view(text).substr(equals + 1);
  size_t colon = bounds.find(':');
  limit.soft = bound(bounds.substr(0, colon));
  limit.hard = colon == std::string_view::npos ? limit.soft : bound(bounds.substr(colon + 1));
  return limit;
}

oci::IdMapping mapping(const Setting& setting) {
  auto parts = split(setting.values[0], ':');
  if (parts.size() != 3) refuse(setting, setting.values[0]);
  return {parsed<uint32_t>(setting, parts[0]), parsed<uint32_t>(setting, parts[1]),
          parsed<uint32_t>(setting, parts[2])};
}

uint32_t mode(const Setting& setting) {
  uint32_t bits = 0;
  for (char digit : setting.values[0]) {
    if (digit < '0' || digit > '7' || bits > 07777 / 8) refuse(setting, setting.values[0]);
    bits = bits * 8 + static_cast<uint32_t>(digit - '0');
  }
  if (setting.values[0].empty()) refuse(setting, setting.values[0]);
  return bits;
}

std::string content(const Setting& setting, const std::string& given) {
  constexpr size_t kMaxContent = 16U << 20U;
  if (auto bytes = read_data_url(given)) return *bytes;
  Fd copy(::fcntl(parsed<int>(setting, given), F_DUPFD_CLOEXEC, 3));
  if (!copy) throw Error(errno, setting.origin, given);
  return sys::read_all(copy, kMaxContent, setting.origin);
}

std::string host_path(const Setting& setting, const std::string& path) {
  if (path.starts_with('/')) return clean_absolute(path);
  if (path.empty() || setting.base.empty()) refuse(setting, path);
  return clean_absolute(absolute_from(setting.base, path));
}

std::string path_inside(const Setting& setting, const std::string& path) {
  if (!path.starts_with('/')) throw Error(setting.origin + ": " + quote(path) + " is not absolute");
  return clean_absolute(path);
}

}  // namespace tare::sandbox
