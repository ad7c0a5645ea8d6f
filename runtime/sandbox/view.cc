// The root is made in memory, so everything in it is named here, in the order of the places:
// mounts, and between them files, links and directories of ours. Those never go into what is shown
// of the host, which is not ours to change.
#include "runtime/sandbox/view.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/overlay.h"

namespace tare::sandbox {
namespace {

using Kind = Place::Kind;

bool shows_host(const Place& place) {
  switch (place.kind) {
    case Kind::ReadOnlyBind:
    case Kind::Bind:
    case Kind::DeviceBind:
    case Kind::ReadOnlyOverlay:
    case Kind::TemporaryOverlay:
    case Kind::Overlay:
      return true;
    default:
      return false;
  }
}

bool is_entry(const Place& place) {
  return place.kind == Kind::File || place.kind == Kind::Symlink || place.kind == Kind::Directory;
}

class ViewMaker {
 public:
  ViewMaker(std::vector<oci::Mount> first, const std::vector<Place>& places, const Policy& policy)
      : places_(places), policy_(policy) {
    view.mounts = std::move(first);
  }

  void add(size_t index) {
    const Place& place = places_[index];
    if (is_replaced(index)) return;
    switch (place.kind) {
      case Kind::ReadOnlyBind:
        return bind(place, Access::ReadOnly);
      case Kind::Bind:
        return bind(place, Access::Writable);
      case Kind::DeviceBind:
        return bind(place, Access::Devices);
      case Kind::Tmpfs:
        return tmpfs(place);
      case Kind::Directory:
        return entry(index, RootEntry::Kind::Directory, "", 0755);
      case Kind::Symlink:
        return entry(index, RootEntry::Kind::Symlink, place.source, 0777);
      case Kind::File:
        return entry(index, RootEntry::Kind::File, place.content, 0644);
      case Kind::Hide:
        view.hidden.push_back(place.path);
        return;
      case Kind::ReadOnlyData:
        return data(place, true);
      case Kind::Data:
        return data(place, policy_.read_only);
      case Kind::ReadOnlyOverlay:
      case Kind::TemporaryOverlay:
      case Kind::Overlay:
        return overlay(place);
    }
  }

  View view;

 private:
  void mount(std::string type, const std::string& path, std::string source, oci::Strings options) {
    oci::Mount& made = view.mounts.emplace_back();
    made.destination = path;
    made.type = std::move(type);
    made.source = std::move(source);
    made.options = std::move(options);
  }

  enum class Access { ReadOnly, Writable, Devices };

  // With all that is mounted below the source. A file has nothing below, and some runtimes take
  // recursive flags for a sign of a directory (export_bundle.h).
  void bind(const Place& place, Access access) {
    auto source = sys::try_fstatat(AT_FDCWD, place.source);
    if (!source) {
      if (place.may_be_missing) return;
      throw Error(ENOENT, place.origin, quote(place.source));
    }
    std::string recursive = S_ISDIR(source->st_mode) ? "r" : "";
    oci::Strings options = {recursive + "bind", "rprivate", recursive + "nosuid"};
    bool read_only = access == Access::ReadOnly || policy_.read_only;
    if (read_only) options.push_back(recursive + "ro");
    if (access != Access::Devices) options.push_back(recursive + "nodev");
    mount("bind", place.path, place.source, std::move(options));
  }

  void tmpfs(const Place& place) {
    oci::Strings options = {"nosuid", "nodev", "mode=" + octal(place.mode.value_or(0755))};
    if (place.size) options.push_back("size=" + std::to_string(*place.size));
    if (policy_.read_only) options.emplace_back("ro");
    mount("tmpfs", place.path, "tmpfs", std::move(options));
  }

  // A file of its own, since a bind has one to show.
  void data(const Place& place, bool read_only) {
    std::string name = "/data-" + std::to_string(view.scratch.files.size());
    RootEntry& file = view.scratch.files.emplace_back();
    file.kind = RootEntry::Kind::File;
    file.path = name;
    file.content = place.content;
    file.mode = place.mode.value_or(0600);
    mount("bind", place.path, name, {"bind", read_only ? "ro" : "rw", "nosuid", "nodev"});
  }

  void overlay(const Place& place) {
    OverlayParts parts = overlay_parts(place, policy_, overlays_);
    if (place.kind == Kind::TemporaryOverlay) ++overlays_;
    if (policy_.read_only) parts.options.emplace_back("ro");
    auto& directories = view.scratch.directories;
    directories.insert(directories.end(), parts.scratch.begin(), parts.scratch.end());
    mount("overlay", place.path, "overlay", std::move(parts.options));
  }

  // The last one at a path is all that is seen there.
  bool is_replaced(size_t index) const {
    return std::any_of(
        places_.begin() + static_cast<ptrdiff_t>(index) + 1, places_.end(),
        [&](const Place& later) { return later.path == places_[index].path && covers(later); });
  }

  static bool covers(const Place& place) {
    if (place.kind == Kind::Hide || place.kind == Kind::Directory) return false;
    return !place.may_be_missing || sys::try_fstatat(AT_FDCWD, place.source);
  }

  // What the place lies in, if that is the host's.
  const Place* surroundings(size_t index) const {
    for (size_t i = index; i-- > 0;) {
      const Place& earlier = places_[i];
      bool around = !is_entry(earlier) && earlier.kind != Kind::Hide && !is_replaced(i) &&
                    is_within(places_[index].path, earlier.path);
      if (around) return shows_host(earlier) ? &earlier : nullptr;
    }
    return nullptr;
  }

  void entry(size_t index, RootEntry::Kind kind, const std::string& content, uint32_t mode) {
    const Place& place = places_[index];
    if (const Place* host = surroundings(index)) {
      throw Error(place.origin + ": " + quote(place.path) + " lies in what " + host->origin +
                  " shows of the host");
    }
    view.entries.push_back(
        {kind, place.path, content, place.mode.value_or(mode), view.mounts.size()});
  }

  const std::vector<Place>& places_;
  const Policy& policy_;
  size_t overlays_ = 0;
};

}  // namespace

View make_view(std::vector<oci::Mount> first, const std::vector<Place>& places,
               const Policy& policy) {
  if (!policy.layers.empty()) {
    throw Error("overlay-src: no overlay follows that takes " + quote(policy.layers.back()));
  }
  ViewMaker maker(std::move(first), places, policy);
  for (size_t i = 0; i < places.size(); ++i) maker.add(i);
  return std::move(maker.view);
}

}  // namespace tare::sandbox
