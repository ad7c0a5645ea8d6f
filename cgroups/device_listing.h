// A device program as the rules it carries out. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tare::cgroups {

// One line a decision, in the order the kernel takes them: "allow c 1:3 rwm", "allow c 136:* rwm",
// "deny b otherwise"; what allows everything is the line "allow everything". Reads only programs of
// device_program(): for any other the line "NUMBER instructions" is all.
std::vector<std::string> list_device_program(std::span<const std::byte> program);

}  // namespace tare::cgroups
