// What an operation of tare-init is told, in words.
#pragma once

#include <string>

#include "oci/json.h"
#include "runtime/act/step.h"

namespace tare {

struct ExplainedStep {
  std::string operation;        // the OpKind's name, or its number if this file does not know it
  oci::json::Object arguments;  // decoded; flags last, as "flags"
};

ExplainedStep explain(const act::Step& step);

// The table has this kind.
bool is_explained(act::OpKind kind);

}  // namespace tare
