// The rules of runtime-spec 1.3 that a well-typed document can still break.
#pragma once

#include <vector>

#include "oci/config.h"
#include "oci/violation.h"

namespace tare::oci {

// Adds every violation of every named rule (V rows of the specification, and what runc refuses).
// Looks at nothing but the document. Also what this version of tare cannot do yet is a violation:
// nothing is silently left out.
void validate(const Config& config, std::vector<Violation>& violations);

// What is accepted but may mean more than this version knows: for a warning, one line each.
std::vector<Violation> doubts(const Config& config);

// The same for documents that stand alone: the process of an exec, and the resources of an update
// once they are merged with those in force.
void validate(const Process& process, std::vector<Violation>& violations);
void validate(const Resources& resources, std::vector<Violation>& violations);

}  // namespace tare::oci
