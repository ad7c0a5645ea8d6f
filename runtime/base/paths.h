// Lexical work on paths. Those of a container's tree go to its resolver (runtime/act/resolve.h).
#pragma once

#include <string>
#include <string_view>

namespace tare {

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
