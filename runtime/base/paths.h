// Two kinds of path that must never be mixed, and lexical work on them.
#pragma once

#include <string>
#include <string_view>

namespace tare {

// A path of the runtime's own mount namespace, from the caller or the configuration: trusted.
struct HostPath {
  std::string value;
};

// A path inside a container's root file system, absolute and lexically clean. The tree it walks is
// hostile, so it is only ever given to the in-root resolver (runtime/act/resolve.h).
struct RootPath {
  std::string value;
};

// `path` without ".", "..", doubled and trailing slashes, seen from "/": "a/../../b/" is "/b".
std::string clean_absolute(std::string_view path);

// `path` itself when absolute, else below `base`; not cleaned.
std::string absolute_from(std::string_view base, std::string_view path);

// Last component and what is before it ("/" for "/x", "." for "x").
std::string_view base_name(std::string_view path);
std::string parent_path(std::string_view path);

// `path` is `ancestor` or lies below it, by whole components; both clean.
bool is_within(std::string_view path, std::string_view ancestor);

}  // namespace tare
