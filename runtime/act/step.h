// The thinking side's form of a plan: operations as values with texts, and their encoding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/act/plan.h"

namespace tare::act {

// One operation. `what` says it to a person: "mount #3 proc at /proc".
struct Step {
  OpKind kind{};
  std::string what;
  uint16_t flags = 0;
  int fd = -1;   // slot
  int fd2 = -1;  // slot
  uint32_t number = 0;
  uint64_t a = 0, b = 0, c = 0;
  std::string text, text2;
  std::string data, data2;  // bytes, or a list made by pack()
};

// Texts one after the other, each with its NUL: the form of a list in the plan.
std::string pack(std::span<const std::string> texts);
std::vector<std::string> unpack(const std::string& packed);

// The flat block of plan.h. `slots` are descriptor numbers, -1 for slots that are filled later.
std::vector<std::byte> encode(std::span<const Step> steps, std::span<const int> slots);

}  // namespace tare::act
