// Who we are, and which ids we may give away (subuid(5), user_namespaces(7)).
#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <charconv>

#include "namespaces/namespace_set.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/base/user_namespace.h"
#include "runtime/check/host.h"
#include "runtime/check/host_file.h"

namespace tare::check {
namespace {

// From the file itself: the name service may ask the network, and changes nothing for newuidmap.
std::string name_of(uid_t uid) {
  std::string users = read_host("/etc/passwd").value_or("");
  for (std::string_view line : split(users, '\n')) {
    auto fields = split(line, ':');
    if (fields.size() > 2 && parse_number<uid_t>(fields[2]) == uid) return std::string(fields[0]);
  }
  return "";
}

std::vector<IdRange> own_ranges(const char* map) {
  std::vector<IdRange> ranges;
  std::string text = read_host(map).value_or("0 0 4294967295");
  for (std::string_view line : split(text, '\n')) {
    auto fields = words_of(line);
    if (fields.size() != 3) continue;
    ranges.push_back({parse_number<uint64_t>(fields[0]).value_or(0),
                      parse_number<uint64_t>(fields[2]).value_or(0)});
  }
  return ranges;
}

std::vector<IdRange> subordinate_ranges(const char* file, const User& user) {
  std::vector<IdRange> ranges;
  std::string text = read_host(file).value_or("");
  for (std::string_view line : split(text, '\n')) {
    auto fields = split(trim(line), ':');
    if (fields.size() != 3 || fields[0].empty()) continue;
    if (fields[0] != user.name && fields[0] != std::to_string(user.uid)) continue;
    auto first = parse_number<uint64_t>(fields[1]);
    auto count = parse_number<uint64_t>(fields[2]);
    if (first && count) ranges.push_back({*first, *count});
  }
  return ranges;
}

bool has_file_capabilities(const std::string& path) {
  try {
    auto file = sys::try_openat(AT_FDCWD, path, O_RDONLY);
    return file && ::fgetxattr(file->get(), "security.capability", nullptr, 0) > 0;
  } catch (const Error&) {
    return false;
  }
}

// Where namespaces/id_map.cc looks for it.
Helper helper(const std::string& name) {
  for (const char* directory : {"/usr/bin/", "/bin/", "/usr/local/bin/"}) {
    auto status = status_of(directory + name);
    if (!status) continue;
    bool set_user_id = (status->st_mode & S_ISUID) != 0 && status->st_uid == 0;
    bool powerful = set_user_id || has_file_capabilities(directory + name);
    return powerful ? Helper::Ready : Helper::Powerless;
  }
  return Helper::Missing;
}

uint64_t hexadecimal(std::string_view text) {
  uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

}  // namespace

User look_at_user() {
  User user;
  user.uid = ::geteuid();
  user.gid = ::getegid();
  user.name = name_of(user.uid);
  user.initial_user_namespace = in_initial_user_namespace();
  std::string status = read_host("/proc/self/status").value_or("");
  user.capabilities = hexadecimal(field_of(status, "CapEff"));
  user.no_new_privileges = field_of(status, "NoNewPrivs") == "1";
  user.filtered = field_of(status, "Seccomp") == "2";
  user.uids = own_ranges("/proc/self/uid_map");
  user.gids = own_ranges("/proc/self/gid_map");
  user.subordinate_uids = subordinate_ranges("/etc/subuid", user);
  user.subordinate_gids = subordinate_ranges("/etc/subgid", user);
  user.newuidmap = helper("newuidmap");
  user.newgidmap = helper("newgidmap");
  return user;
}

}  // namespace tare::check
