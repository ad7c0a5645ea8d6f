// Finding and running programs of the host.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tare {

// What stands for $PATH where that is not set.
inline constexpr const char* kDefaultPath =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

// `texts` as execve(2) takes them: borrowed, nullptr at the end.
std::vector<char*> pointers(const std::vector<std::string>& texts);

// The absolute path of the program `name`, along $PATH; nothing when there is none. Entries that
// are not absolute are passed over: the current directory may be a bundle.
std::optional<std::string> find_program(const std::string& name);

// Runs command[0], found as above, with these arguments and our environment, without a shell; its
// standard input is empty. What it wrote to standard output; its standard error becomes part of the
// Error when it does not exit with 0, and is dropped otherwise.
std::string output_of(const std::vector<std::string>& command);

}  // namespace tare
