// Nothing here depends on the policy's own places: those come after, and cover.
#include "runtime/sandbox/default_places.h"

#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/pasta.h"

namespace tare::sandbox {
namespace {

using Kind = Place::Kind;

constexpr const char* kDefault = "default";
constexpr uint64_t kTmpSize = 1U << 30U;

// Of a Debian, a Fedora, an Alpine, merged /usr or not: what programs need to be found, to be
// linked, and to check certificates; nothing that tells of the host's users or secrets.
constexpr const char* kSystem[] = {"/bin",
                                   "/sbin",
                                   "/lib",
                                   "/lib32",
                                   "/lib64",
                                   "/libx32",
                                   "/etc/ld.so.cache",
                                   "/etc/alternatives",
                                   "/etc/localtime",
                                   "/etc/ssl/certs",
                                   "/etc/pki/tls/certs",
                                   "/etc/pki/ca-trust"};
constexpr const char* kNetworkEtc[] = {"/etc/hosts", "/etc/services", "/etc/protocols"};

Place bind(const std::string& path) {
  Place place;
  place.kind = Kind::ReadOnlyBind;
  place.path = place.source = path;
  place.may_be_missing = true;
  place.origin = kDefault;
  return place;
}

Place file(const std::string& path, std::string content) {
  Place place;
  place.kind = Kind::File;
  place.path = path;
  place.content = std::move(content);
  place.origin = kDefault;
  return place;
}

Place tmpfs(const std::string& path, uint64_t size) {
  Place place;
  place.kind = Kind::Tmpfs;
  place.path = path;
  place.size = size;
  place.mode = 01777;
  place.origin = kDefault;
  return place;
}

// A link into what is shown anyway is copied, which costs less than a mount; anything else bound.
void show(const char* path, std::vector<Place>& places) {
  Place place = bind(path);
  char target[PATH_MAX];
  ssize_t size = ::readlinkat(AT_FDCWD, path, target, sizeof target);
  std::string_view link(target, size > 0 ? static_cast<size_t>(size) : 0);
  if (is_within(clean_absolute(absolute_from(parent_path(path), link)), "/usr")) {
    place.kind = Kind::Symlink;
    place.source = link;
  }
  places.push_back(std::move(place));
}

std::string passwd(uint32_t uid, uint32_t gid) {
  std::string text = "root:x:0:0:root:/root:/sbin/nologin\n";
  if (uid != 0) {
    text += "user:x:" + std::to_string(uid) + ":" + std::to_string(gid) + "::/tmp:/bin/sh\n";
  }
  return text + "nobody:x:65534:65534:nobody:/:/sbin/nologin\n";
}

std::string group(uint32_t gid) {
  std::string text = "root:x:0:\n";
  if (gid != 0) text += "user:x:" + std::to_string(gid) + ":\n";
  return text + "nogroup:x:65534:\n";
}

// Readable where it is, unless that would be everything or what is most private.
void show_current_directory(std::vector<Place>& places) {
  auto path = current_directory();
  const char* home = std::getenv("HOME");
  if (!path || *path == "/" || (home != nullptr && clean_absolute(home) == *path)) return;
  for (const char* other : {"/usr", "/proc", "/dev", "/sys"}) {
    if (is_within(*path, other)) return;
  }
  // Above them it would be covered by what is private.
  if (*path == "/tmp" || *path == "/etc") return;
  places.push_back(bind(*path));
}

}  // namespace

std::optional<std::string> current_directory() {
  char buffer[PATH_MAX];
  if (::getcwd(buffer, sizeof buffer) == nullptr || buffer[0] != '/') return std::nullopt;
  return buffer;
}

std::vector<Place> default_places(const Policy& policy) {
  std::vector<Place> places;
  places.push_back(bind("/usr"));
  for (const char* path : kSystem) show(path, places);
  if (policy.network != Network::None) {
    for (const char* path : kNetworkEtc) places.push_back(bind(path));
  }
  if (policy.network == Network::Pasta) {
    places.push_back(file("/etc/resolv.conf", std::string("nameserver ") + kResolver + "\n"));
  } else if (policy.network == Network::Host) {
    places.push_back(bind("/etc/resolv.conf"));
  }
  uint32_t uid = policy.identity.uid.value_or(::geteuid());
  uint32_t gid = policy.identity.gid.value_or(::getegid());
  places.push_back(file("/etc/passwd", passwd(uid, gid)));
  places.push_back(file("/etc/group", group(gid)));
  places.push_back(file("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"));
  places.push_back(tmpfs("/tmp", kTmpSize));
  show_current_directory(places);
  return places;
}

}  // namespace tare::sandbox
