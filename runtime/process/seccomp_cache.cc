// An entry is a file named by a 64-bit hash of the key and holding the whole key, which is compared
// byte for byte: two profiles whose hashes meet push each other out and are never taken for one
// another. A checksum finds files cut short by a full or crashed disk, since a filter that lacks
// its end must not be loaded. Nothing here defends against others who may write the directory: it
// is ours alone; the owner and mode of a file are looked at in case somebody loosened it.
#include "runtime/process/seccomp_cache.h"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/process/seccomp_rules.h"

namespace tare::process {
namespace {

// Of the compiled program (prologue included): to be raised whenever tare would compile one profile
// to another program than before.
constexpr uint64_t kProgramVersion = 1;
constexpr size_t kMaxEntries = 64;
constexpr size_t kMaxFile = 1 << 20;

struct Header {
  char magic[8] = {'t', 'a', 'r', 'e', 's', 'c', 'm', 'p'};
  uint64_t checksum = 0;  // of key and program
  uint64_t key_size = 0;
  uint64_t program_size = 0;
};

// Not against an adversary: the key is compared in full.
uint64_t hash(std::string_view bytes) {
  constexpr uint64_t kPrime = 0x9e3779b97f4a7c15;
  uint64_t state = bytes.size() * kPrime;
  while (!bytes.empty()) {
    uint64_t word = 0;
    size_t n = std::min(bytes.size(), sizeof word);
    std::memcpy(&word, bytes.data(), n);
    bytes.remove_prefix(n);
    state = (state ^ word) * kPrime;
    state ^= state >> 29;
  }
  return state;
}

class KeyWriter {
 public:
  void number(uint64_t value) { key_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void text(std::string_view value) {
    number(value.size());
    key_.append(value);
  }
  template <typename T>
  void optional(const std::optional<T>& value) {
    number(value ? 1 : 0);
    number(value.value_or(0));
  }
  void texts(const oci::Strings& values) {
    number(values.size());
    for (const std::string& value : values) text(value);
  }
  std::string take() { return std::move(key_); }

 private:
  std::string key_;
};

void add_rule(KeyWriter& key, const oci::SeccompRule& rule) {
  key.texts(rule.names);
  key.text(rule.action);
  key.optional(rule.errno_ret);
  key.number(rule.args.size());
  for (const oci::SeccompArgument& argument : rule.args) {
    key.optional(argument.index);
    key.optional(argument.value);
    key.number(argument.value_two);
    key.text(argument.op);
  }
}

std::string file_name(const std::string& key) {
  char name[32];
  std::snprintf(name, sizeof name, "%016llx.bpf", static_cast<unsigned long long>(hash(key)));
  return name;
}

bool is_ours(const struct stat& status) {
  return S_ISREG(status.st_mode) && status.st_uid == ::geteuid() && (status.st_mode & 022) == 0;
}

std::optional<std::vector<sock_filter>> parse(std::string_view file, std::string_view key) {
  Header header;
  if (file.size() < sizeof header) return std::nullopt;
  std::memcpy(static_cast<void*>(&header), file.data(), sizeof header);
  file.remove_prefix(sizeof header);
  if (std::memcmp(header.magic, Header{}.magic, sizeof header.magic) != 0) return std::nullopt;
  if (header.key_size != key.size() || header.program_size > kMaxFile ||
      file.size() != header.key_size + header.program_size) {
    return std::nullopt;
  }
  std::string_view program = file.substr(key.size());
  if (file.substr(0, key.size()) != key || header.checksum != hash(file)) return std::nullopt;
  if (program.empty() || program.size() % sizeof(sock_filter) != 0) return std::nullopt;
  std::vector<sock_filter> result(program.size() / sizeof(sock_filter));
  std::memcpy(result.data(), program.data(), program.size());
  return result;
}

// Files written by a process that was killed begin with a dot and count like any other.
void make_room(const Fd& directory) {
  std::vector<std::string> names = sys::list_directory(directory);
  for (size_t left = names.size(); left >= kMaxEntries; --left) {
    std::string* oldest = nullptr;
    timespec age{};
    for (std::string& name : names) {
      auto status = sys::try_fstatat(directory.get(), name, AT_SYMLINK_NOFOLLOW);
      if (!status) continue;
      const timespec& time = status->st_mtim;
      bool older =
          time.tv_sec != age.tv_sec ? time.tv_sec < age.tv_sec : time.tv_nsec < age.tv_nsec;
      if (oldest == nullptr || older) {
        oldest = &name;
        age = time;
      }
    }
    if (oldest == nullptr) return;
    sys::try_unlinkat(directory.get(), *oldest);
  }
}

}  // namespace

std::string seccomp_cache_key(const oci::Seccomp& seccomp) {
  KeyWriter key;
  key.number(kProgramVersion);
  key.text(libseccomp_version());
  key.number(native_architecture());
  key.text(seccomp.default_action);
  key.optional(seccomp.default_errno_ret);
  key.texts(seccomp.architectures);
  key.number(seccomp.syscalls.size());
  for (const oci::SeccompRule& rule : seccomp.syscalls) add_rule(key, rule);
  return key.take();
}

// The one place where an Error of ours is swallowed on purpose: without the cache the filter is
// merely compiled again.
std::optional<std::vector<sock_filter>> find_cached(const Fd& directory, const std::string& key) {
  try {
    auto file =
        sys::try_openat(directory.get(), file_name(key), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!file || !is_ours(sys::fstat(*file))) return std::nullopt;
    return parse(sys::read_all(*file, kMaxFile, "cached seccomp program"), key);
  } catch (const Error& error) {
    log_debug(std::string("seccomp cache not read: ") + error.what());
    return std::nullopt;
  }
}

void store_cached(const Fd& directory, const std::string& key,
                  const std::vector<sock_filter>& program) {
  std::string file = key;
  file.append(reinterpret_cast<const char*>(program.data()), program.size() * sizeof(sock_filter));
  Header header;
  header.checksum = hash(file);
  header.key_size = key.size();
  header.program_size = program.size() * sizeof(sock_filter);
  file.insert(0, reinterpret_cast<const char*>(&header), sizeof header);
  if (file.size() > kMaxFile) return;
  try {
    make_room(directory);
    sys::replace_file_at(directory.get(), file_name(key), file, 0600);
  } catch (const Error& error) {
    log_debug(std::string("seccomp cache not written: ") + error.what());
  }
}

}  // namespace tare::process
