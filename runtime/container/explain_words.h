// The kernel's numbers by their names in the man pages.
#pragma once

#include <cstdint>
#include <string>

#include "oci/config.h"
#include "runtime/act/plan.h"

namespace tare {

// Each known bit by its name, what is left as one hexadecimal number.
oci::Strings clone_flag_names(uint64_t flags);            // CLONE_NEWNS …
oci::Strings mount_attribute_names(uint64_t attributes);  // ro, nosuid …, as mount options
oci::Strings capability_names(uint64_t mask);
oci::Strings seccomp_flag_names(uint64_t flags);
oci::Strings step_flag_names(act::OpKind kind, uint16_t flags);  // act::flag of `kind`, in words

std::string propagation_name(uint32_t mode);  // MS_PRIVATE …: "private"

}  // namespace tare
