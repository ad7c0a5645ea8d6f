// The rights of the session keyring that a container's processes have.
#pragma once

namespace tare::process {

// KEY_POS_ALL | KEY_USR_VIEW, READ, SEARCH, LINK: the kernel's default for a session keyring plus
// search for its user, without which a change of uid loses it (keyrings(7)). In a user namespace
// others may search it, too.
constexpr unsigned long keyring_rights(bool searchable_by_others) {
  constexpr unsigned long kOthersSearch = 0x8;
  return 0x3f1b0000 | (searchable_by_others ? kOthersSearch : 0);
}

}  // namespace tare::process
