// One sorted table says what each option word means. Words are applied in order, each undoing what
// an earlier one of its kind said (mount(8)). Access times are a mode of three values in the kernel
// (mount_setattr(2): the whole mask is cleared before one is set), so a negation such as
// nostrictatime only takes away its own mode: none is named then, or, of a whole tree, relatime.
#include "oci/mount_options.h"

#include <sys/mount.h>

#include <algorithm>
#include <string_view>

namespace tare::oci {
namespace {

// Of linux/mount.h, which cannot be included together with sys/mount.h in older C libraries.
constexpr uint64_t kReadOnly = 0x1;
constexpr uint64_t kNoSuid = 0x2;
constexpr uint64_t kNoDev = 0x4;
constexpr uint64_t kNoExec = 0x8;
constexpr uint64_t kAccessTimeMask = 0x70;
constexpr uint64_t kRelatime = 0x00;
constexpr uint64_t kNoatime = 0x10;
constexpr uint64_t kStrictatime = 0x20;
constexpr uint64_t kNoDiratime = 0x80;
constexpr uint64_t kNoSymfollow = 0x200000;

enum class Meaning : uint8_t {
  Nothing,  // "defaults"
  Set,      // attribute bits
  Clear,
  AccessTime,     // the mode `bits`
  NotAccessTime,  // no longer the mode `bits`
  SuperSet,       // MS_* of the file system
  SuperClear,
  Propagation,
  Bind,
  RecursiveBind,
  Remount,
  CopyUp,
  IdMap,
  RecursiveIdMap,
};

struct Option {
  std::string_view name;
  Meaning meaning;
  uint64_t bits = 0;
  bool recursive = false;  // the attribute is for the whole tree (AT_RECURSIVE)
};

constexpr Option kOptions[] = {
    {"async", Meaning::SuperClear, MS_SYNCHRONOUS},
    {"atime", Meaning::NotAccessTime, kNoatime},
    {"bind", Meaning::Bind},
    {"defaults", Meaning::Nothing},
    {"dev", Meaning::Clear, kNoDev},
    {"diratime", Meaning::Clear, kNoDiratime},
    {"dirsync", Meaning::SuperSet, MS_DIRSYNC},
    {"exec", Meaning::Clear, kNoExec},
    {"idmap", Meaning::IdMap},
    {"iversion", Meaning::SuperSet, MS_I_VERSION},
    {"lazytime", Meaning::SuperSet, MS_LAZYTIME},
    {"loud", Meaning::SuperClear, MS_SILENT},
    {"mand", Meaning::SuperSet, MS_MANDLOCK},
    {"noatime", Meaning::AccessTime, kNoatime},
    {"nodev", Meaning::Set, kNoDev},
    {"nodiratime", Meaning::Set, kNoDiratime},
    {"noexec", Meaning::Set, kNoExec},
    {"noiversion", Meaning::SuperClear, MS_I_VERSION},
    {"nolazytime", Meaning::SuperClear, MS_LAZYTIME},
    {"nomand", Meaning::SuperClear, MS_MANDLOCK},
    {"norelatime", Meaning::NotAccessTime, kRelatime},
    {"nostrictatime", Meaning::NotAccessTime, kStrictatime},
    {"nosuid", Meaning::Set, kNoSuid},
    {"nosymfollow", Meaning::Set, kNoSymfollow},
    {"private", Meaning::Propagation, MS_PRIVATE},
    {"ratime", Meaning::NotAccessTime, kNoatime, true},
    {"rbind", Meaning::RecursiveBind},
    {"rdev", Meaning::Clear, kNoDev, true},
    {"rdiratime", Meaning::Clear, kNoDiratime, true},
    {"relatime", Meaning::AccessTime, kRelatime},
    {"remount", Meaning::Remount},
    {"rexec", Meaning::Clear, kNoExec, true},
    {"ridmap", Meaning::RecursiveIdMap},
    {"rnoatime", Meaning::AccessTime, kNoatime, true},
    {"rnodev", Meaning::Set, kNoDev, true},
    {"rnodiratime", Meaning::Set, kNoDiratime, true},
    {"rnoexec", Meaning::Set, kNoExec, true},
    {"rnorelatime", Meaning::NotAccessTime, kRelatime, true},
    {"rnostrictatime", Meaning::NotAccessTime, kStrictatime, true},
    {"rnosuid", Meaning::Set, kNoSuid, true},
    {"rnosymfollow", Meaning::Set, kNoSymfollow, true},
    {"ro", Meaning::Set, kReadOnly},
    {"rprivate", Meaning::Propagation, MS_PRIVATE | MS_REC},
    {"rrelatime", Meaning::AccessTime, kRelatime, true},
    {"rro", Meaning::Set, kReadOnly, true},
    {"rrw", Meaning::Clear, kReadOnly, true},
    {"rshared", Meaning::Propagation, MS_SHARED | MS_REC},
    {"rslave", Meaning::Propagation, MS_SLAVE | MS_REC},
    {"rstrictatime", Meaning::AccessTime, kStrictatime, true},
    {"rsuid", Meaning::Clear, kNoSuid, true},
    {"rsymfollow", Meaning::Clear, kNoSymfollow, true},
    {"runbindable", Meaning::Propagation, MS_UNBINDABLE | MS_REC},
    {"rw", Meaning::Clear, kReadOnly},
    {"shared", Meaning::Propagation, MS_SHARED},
    {"silent", Meaning::SuperSet, MS_SILENT},
    {"slave", Meaning::Propagation, MS_SLAVE},
    {"strictatime", Meaning::AccessTime, kStrictatime},
    {"suid", Meaning::Clear, kNoSuid},
    {"symfollow", Meaning::Clear, kNoSymfollow},
    {"sync", Meaning::SuperSet, MS_SYNCHRONOUS},
    {"tmpcopyup", Meaning::CopyUp},
    {"unbindable", Meaning::Propagation, MS_UNBINDABLE},
};

static_assert(std::is_sorted(std::begin(kOptions), std::end(kOptions),
                             [](const Option& a, const Option& b) { return a.name < b.name; }));

const Option* find_option(std::string_view name) {
  const Option* found = std::lower_bound(
      std::begin(kOptions), std::end(kOptions), name,
      [](const Option& option, std::string_view text) { return option.name < text; });
  return found != std::end(kOptions) && found->name == name ? found : nullptr;
}

// Takes a pair of (set, cleared) bits through one option.
void apply_attribute(const Option& option, uint64_t& set, uint64_t& clear) {
  if (option.meaning == Meaning::Set) {
    set |= option.bits;
    clear &= ~option.bits;
  } else if (option.meaning == Meaning::Clear) {
    set &= ~option.bits;
    clear |= option.bits;
  } else if (option.meaning == Meaning::AccessTime) {
    set = (set & ~kAccessTimeMask) | option.bits;
    clear |= kAccessTimeMask;
  } else if ((clear & kAccessTimeMask) == 0 || (set & kAccessTimeMask) == option.bits) {
    set &= ~kAccessTimeMask;
    // For a whole tree there is nothing that could be left alone instead.
    clear = option.recursive ? clear | kAccessTimeMask : clear & ~kAccessTimeMask;
  }
}

void apply(const Option& option, MountOptions& result) {
  switch (option.meaning) {
    case Meaning::Nothing:
      break;
    case Meaning::Set:
    case Meaning::Clear:
    case Meaning::AccessTime:
    case Meaning::NotAccessTime:
      if (option.recursive) {
        apply_attribute(option, result.rec_attr_set, result.rec_attr_clear);
      } else {
        apply_attribute(option, result.attr_set, result.attr_clear);
      }
      break;
    case Meaning::SuperSet:
      result.super_flags |= option.bits;
      break;
    case Meaning::SuperClear:
      result.super_flags &= ~option.bits;
      break;
    case Meaning::Propagation:
      result.propagation.push_back(option.bits);
      break;
    case Meaning::RecursiveBind:
      result.recursive = true;
      [[fallthrough]];
    case Meaning::Bind:  // does not take an earlier rbind back: every runtime adds the two up
      result.bind = true;
      break;
    case Meaning::Remount:
      result.remount = true;
      break;
    case Meaning::CopyUp:
      result.tmpcopyup = true;
      break;
    case Meaning::IdMap:
      result.idmap = true;
      break;
    case Meaning::RecursiveIdMap:
      result.ridmap = true;
      break;
  }
}

// Own options with a value.
bool apply_valued(std::string_view text, MountOptions& result) {
  constexpr std::string_view kIdMap = "idmap=", kRecursive = "ridmap=";
  bool recursive = text.starts_with(kRecursive);
  if (!recursive && !text.starts_with(kIdMap)) return false;
  (recursive ? result.ridmap : result.idmap) = true;
  result.inline_mapping = text.substr((recursive ? kRecursive : kIdMap).size());
  return true;
}

}  // namespace

MountOptions parse_mount_options(const Strings& options) {
  MountOptions result;
  for (const std::string& text : options) {
    if (const Option* option = find_option(text)) {
      apply(*option, result);
    } else if (!text.empty() && !apply_valued(text, result)) {
      result.data.push_back(text);
    }
  }
  return result;
}

Strings known_mount_options() {
  Strings names;
  for (const Option& option : kOptions) names.emplace_back(option.name);
  return names;
}

}  // namespace tare::oci
