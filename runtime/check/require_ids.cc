// Users and id maps. Who may map what is in user_namespaces(7): root of a namespace what is mapped
// there; anybody his own id, alone; more only by newuidmap and newgidmap, within subuid(5).
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>

#include "namespaces/id_map.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/check/requirement.h"

namespace tare::check {
namespace {

using Mappings = std::vector<oci::IdMapping>;

// One of the two maps, with what there is for it.
struct Side {
  const char* member;  // of /linux
  const char* file;    // of subordinate ids
  const char* option;  // of usermod(8)
  const char* helper;
  const Mappings& mappings;
  const std::vector<IdRange>& own;
  const std::vector<IdRange>& subordinate;
  uint64_t self;
  Helper state;
};

Side uid_side(const Subject& subject) {
  const User& user = subject.host.user;
  return {"uidMappings",
          "/etc/subuid",
          "--add-subuids",
          "newuidmap",
          subject.linux_section().uid_mappings,
          user.uids,
          user.subordinate_uids,
          user.uid,
          user.newuidmap};
}

Side gid_side(const Subject& subject) {
  const User& user = subject.host.user;
  return {"gidMappings",
          "/etc/subgid",
          "--add-subgids",
          "newgidmap",
          subject.linux_section().gid_mappings,
          user.gids,
          user.subordinate_gids,
          user.gid,
          user.newgidmap};
}

// Every id of the mapping lies in one of the ranges, or in several that touch.
bool covered(const oci::IdMapping& mapping, const std::vector<IdRange>& ranges) {
  uint64_t next = mapping.host_id;
  const uint64_t end = next + mapping.size;
  for (bool moved = true; moved && next < end;) {
    moved = false;
    for (const IdRange& range : ranges) {
      if (next < range.first || next >= range.first + range.count) continue;
      next = range.first + range.count;
      moved = true;
    }
  }
  return next >= end;
}

bool only_self(const Side& side) {
  return side.mappings.size() == 1 && side.mappings[0].size == 1 &&
         side.mappings[0].host_id == side.self;
}

std::string range_text(const oci::IdMapping& mapping) {
  return std::to_string(mapping.host_id) + "-" +
         std::to_string(uint64_t{mapping.host_id} + mapping.size - 1);
}

bool maps_ids(const Subject& subject) {
  return subject.makes_user_namespace();
}

void mapped_ids_are_ours(const Side& side, const User& user, Findings& findings) {
  for (size_t i = 0; i < side.mappings.size(); ++i) {
    if (covered(side.mappings[i], side.own)) continue;
    findings.error(
        oci::pointer("linux", side.member, i),
        "the ids " + range_text(side.mappings[i]) + " do not exist in the user namespace we are in",
        user.initial_user_namespace ? "map ids below 4294967295"
                                    : "map ids that /proc/self/uid_map has");
  }
}

void mapped_ids_are_granted(const Side& side, const User& user, Findings& findings) {
  std::vector<IdRange> granted = side.subordinate;
  granted.push_back({side.self, 1});
  std::string name = user.name.empty() ? std::to_string(user.uid) : user.name;
  for (size_t i = 0; i < side.mappings.size(); ++i) {
    const oci::IdMapping& mapping = side.mappings[i];
    if (covered(mapping, granted)) continue;
    findings.error(
        oci::pointer("linux", side.member, i),
        "the ids " + range_text(mapping) + " are not granted to " + name + " in " + side.file,
        std::string("map ids that are, or as root: usermod ") + side.option + " " +
            range_text(mapping) + " " + name);
  }
}

void helper_works(const Side& side, const User& user, Findings& findings) {
  std::string pointer = oci::pointer("linux", side.member);
  std::string name = side.helper;
  if (side.state == Helper::Missing) {
    findings.error(pointer, "mapping more than one's own id needs " + name + ", which is missing",
                   "install it (package uidmap, shadow or shadow-utils), or map your own id alone");
  } else if (side.state == Helper::Powerless) {
    findings.error(pointer, name + " has neither the set-user-ID bit nor file capabilities",
                   "reinstall its package, or chmod u+s it");
  } else if (user.no_new_privileges) {
    findings.error(pointer, name + " has no power here: no_new_privs is set on us",
                   "start tare from a session or service without it, or map your own id alone");
  }
}

void maps_are_permitted(const Subject& subject, Findings& findings) {
  const User& user = subject.host.user;
  Side uids = uid_side(subject), gids = gid_side(subject);
  bool by_ourselves = user.is_root() || (only_self(uids) && only_self(gids));
  for (const Side* side : {&uids, &gids}) {
    if (user.is_root()) {
      mapped_ids_are_ours(*side, user, findings);
    } else if (!by_ourselves) {
      mapped_ids_are_granted(*side, user, findings);
      helper_works(*side, user, findings);
    }
  }
}

// The maps are really written, for a child that does nothing but wait for its end.
void maps_are_taken(const Subject& subject, Findings& findings) {
  if (findings.has_error() || subject.host.namespaces.user != 0) return;
  namespaces::IdMaps maps{subject.linux_section().uid_mappings,
                          subject.linux_section().gid_mappings};
  try {
    Fd pidfd;
    pid_t child = sys::clone3(CLONE_NEWUSER, &pidfd, -1);
    if (child == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      for (;;) ::pause();
    }
    std::optional<Error> failure;
    try {
      namespaces::write_id_maps(child, pidfd, maps, namespaces::map_writer(maps));
    } catch (const Error& error) {
      failure = error;
    }
    sys::pidfd_send_signal(pidfd, SIGKILL);
    sys::waitid(pidfd, WEXITED);
    if (failure) throw Error(*failure);
  } catch (const Error& error) {
    findings.error(
        "/linux/uidMappings", "the kernel does not take the id maps: " + error.text(),
        error.hint().empty() ? "map only ids that this user may give away" : error.hint());
  }
}

bool maps_a_user(const Subject& subject) {
  return maps_ids(subject) && subject.config.process.has_value();
}

void user_is_mapped(const Subject& subject, Findings& findings) {
  const oci::User& user = subject.config.process->user;
  auto require = [&](const Mappings& mappings, uint32_t id, const std::string& pointer,
                     const char* member) {
    if (namespaces::to_host(mappings, id)) return;
    findings.error(pointer, "id " + std::to_string(id) + " of the container is not mapped",
                   std::string("add it to linux.") + member + ", or use a mapped one");
  };
  const oci::Linux& section = subject.linux_section();
  require(section.uid_mappings, user.uid, "/process/user/uid", "uidMappings");
  require(section.gid_mappings, user.gid, "/process/user/gid", "gidMappings");
  for (size_t i = 0; i < user.additional_gids.size(); ++i) {
    require(section.gid_mappings, user.additional_gids[i],
            oci::pointer("process", "user", "additionalGids", i), "gidMappings");
  }
}

constexpr Requirement<Subject> kRequirements[] = {
    {"id-map", maps_ids, maps_are_permitted},
    {"id-map-attempt", maps_ids, maps_are_taken},
    {"user-mapped", maps_a_user, user_is_mapped},
};

}  // namespace

Requirements<Subject> id_requirements() {
  return kRequirements;
}

}  // namespace tare::check
