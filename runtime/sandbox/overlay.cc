// overlayfs in a user namespace (Linux 5.11) keeps its own marks in user.* attributes.
#include "runtime/sandbox/overlay.h"

#include <sys/stat.h>

#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::sandbox {
namespace {

using Kind = Place::Kind;

// A colon would end the layer.
std::string escaped(const std::string& path) {
  std::string text;
  for (char c : path) {
    if (c == ':' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

void check_directory(const Place& place, const std::string& path) {
  auto status = sys::try_fstatat(AT_FDCWD, path);
  if (!status) throw Error(ENOENT, place.origin, quote(path));
  if (!S_ISDIR(status->st_mode)) throw Error(ENOTDIR, place.origin, quote(path));
}

void check_apart(const Place& place, const std::string& layer, const std::string& changes) {
  if (is_within(layer, changes) || is_within(changes, layer)) {
    throw Error(place.origin + ": the layer " + quote(layer) + " and the changes in " +
                quote(changes) + " must lie apart");
  }
}

std::string lower(const Place& place) {
  std::string text;
  for (auto layer = place.layers.rbegin(); layer != place.layers.rend(); ++layer) {
    text += (text.empty() ? "lowerdir=" : ":") + escaped(*layer);
  }
  return text;
}

void add_upper(OverlayParts& parts, const std::string& upper, const std::string& work) {
  parts.options.push_back("upperdir=" + escaped(upper));
  parts.options.push_back("workdir=" + escaped(work));
  parts.options.emplace_back("userxattr");
}

}  // namespace

OverlayParts overlay_parts(const Place& place, const Policy& policy, size_t number) {
  bool alone =
      place.layers.empty() || (place.kind == Kind::ReadOnlyOverlay && place.layers.size() < 2);
  if (alone) {
    throw Error(place.origin + ": " + quote(place.path) + " wants " +
                (place.kind == Kind::ReadOnlyOverlay ? "two layers" : "a layer") +
                " named before it (overlay-src)");
  }
  for (const std::string& layer : place.layers) check_directory(place, layer);
  OverlayParts parts;
  parts.options = {lower(place), "nosuid", "nodev"};
  if (place.kind == Kind::ReadOnlyOverlay) {
    parts.options.emplace_back("userxattr");
  } else if (place.kind == Kind::Overlay) {
    check_directory(place, place.source);
    check_directory(place, place.work);
    for (const std::string& layer : place.layers) check_apart(place, layer, place.source);
    add_upper(parts, place.source, place.work);
  } else if (!policy.diff.empty()) {
    for (const std::string& layer : place.layers) check_apart(place, layer, policy.diff);
    add_upper(parts, changes_directory(policy.diff, place.path),
              work_directory(policy.diff, number));
  } else {
    std::string name = "overlay-" + std::to_string(number);
    parts.scratch = {name + "/upper", name + "/work"};
    add_upper(parts, parts.scratch[0], parts.scratch[1]);
  }
  return parts;
}

std::string changes_directory(const std::string& diff, const std::string& path) {
  return diff + "/changed" + path;
}

std::string work_directory(const std::string& diff, size_t number) {
  return diff + "/.work/" + std::to_string(number);
}

}  // namespace tare::sandbox
