// Many commands, each in a sandbox of its own, several at once.
#pragma once

#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

enum class Order {
  OfRequests,
  AsTheyEnd,
};

struct BatchSettings {
  size_t jobs = 0;  // at once; 0: one a processor
  Order order = Order::OfRequests;
};

// Reads requests from standard input, one a line (batch_request.h), and writes a result a line to
// standard output: the result document with the request's id, and what the command has written
// where that is no file. `base` holds for all of them. Returns when there are no more requests and
// all have ended, with the status that tare exits with: 0, whatever became of the commands, or 128
// + the signal that asked us to end.
int run_batch(const Policy& base, const BatchSettings& settings);

}  // namespace tare::sandbox
