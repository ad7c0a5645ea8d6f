// The host's own files, as somebody looks at them who may not be allowed to: what cannot be read is
// not there.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tare::check {

// Without blanks at the ends.
std::optional<std::string> read_host(const std::string& path);
std::optional<uint64_t> read_number(const std::string& path);
std::optional<struct stat> status_of(const std::string& path);
inline bool exists(const std::string& path) {
  return status_of(path).has_value();
}
bool may(int access, const std::string& path);  // R_OK, W_OK, X_OK with our effective rights
std::vector<std::string> names_in(const std::string& directory);

// The nearest of `path` and what is above it that exists.
std::string nearest_existing(std::string path);

// The value after "key:" or "key " at the beginning of a line.
std::string field_of(std::string_view text, std::string_view key);

// Separated by blanks; no empty ones.
std::vector<std::string> words_of(std::string_view text);

// "0-3,7" as its numbers, at most a few thousand.
std::vector<uint32_t> numbers_of(std::string_view list);

// One line of /proc/self/mountinfo (proc(5)).
struct Mounted {
  std::string where, type, options, super_options;
};
std::vector<Mounted> mount_table();

}  // namespace tare::check
