// A check must come to its end whatever the host hides from it, so no failure to look is an Error
// here; who asks decides what a missing answer means.
#include "runtime/check/host_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::check {
namespace {

constexpr size_t kMaxFile = 64U << 20;
constexpr uint32_t kMaxNumbers = 8192;

}  // namespace

std::optional<std::string> read_host(const std::string& path) {
  try {
    auto text = sys::try_read_file_at(AT_FDCWD, path, kMaxFile);
    if (!text) return std::nullopt;
    return std::string(trim(*text));
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<uint64_t> read_number(const std::string& path) {
  auto text = read_host(path);
  return text ? parse_number<uint64_t>(*text) : std::nullopt;
}

std::optional<struct stat> status_of(const std::string& path) {
  try {
    return sys::try_fstatat(AT_FDCWD, path);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool may(int access, const std::string& path) {
  return ::faccessat(AT_FDCWD, path.c_str(), access, AT_EACCESS) == 0;
}

std::vector<std::string> names_in(const std::string& directory) {
  try {
    auto fd = sys::try_openat(AT_FDCWD, directory, O_RDONLY | O_DIRECTORY);
    return fd ? sys::list_directory(*fd) : std::vector<std::string>{};
  } catch (const Error&) {
    return {};
  }
}

std::string nearest_existing(std::string path) {
  while (path != "/" && path != "." && !exists(path)) path = parent_path(path);
  return path;
}

std::string field_of(std::string_view text, std::string_view key) {
  for (std::string_view line : split(text, '\n')) {
    if (!line.starts_with(key) || line.size() == key.size()) continue;
    char next = line[key.size()];
    if (next == ':' || next == ' ' || next == '\t')
      return std::string(trim(line.substr(key.size() + 1)));
  }
  return "";
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (char c : text) {
    if (c != ' ' && c != '\t' && c != '\n') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::vector<uint32_t> numbers_of(std::string_view list) {
  std::vector<uint32_t> numbers;
  for (std::string_view part : split(list, ',')) {
    part = trim(part);
    size_t dash = part.find('-');
    auto first = parse_number<uint32_t>(part.substr(0, dash));
    auto last =
        dash == std::string_view::npos ? first : parse_number<uint32_t>(part.substr(dash + 1));
    if (!first || !last) continue;
    for (uint32_t n = *first; n <= *last && numbers.size() < kMaxNumbers; ++n) numbers.push_back(n);
  }
  return numbers;
}

std::vector<Mounted> mount_table() {
  constexpr size_t kWhere = 4, kOptions = 5;  // of the first half of a line
  std::vector<Mounted> table;
  std::string text = read_host("/proc/self/mountinfo").value_or("");
  for (std::string_view line : split(text, '\n')) {
    size_t separator = line.find(" - ");
    if (separator == std::string_view::npos) continue;
    auto before = split(line.substr(0, separator), ' ');
    auto after = split(line.substr(separator + 3), ' ');
    if (before.size() <= kOptions || after.size() < 3) continue;
    table.push_back({std::string(before[kWhere]), std::string(after[0]),
                     std::string(before[kOptions]), std::string(after[2])});
  }
  return table;
}

}  // namespace tare::check
