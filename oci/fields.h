// How a struct says which JSON member is which of its members. The tables themselves are in
// config_fields.h and what it includes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace tare::oci {

enum class Presence : uint8_t {
  Optional,  // may be missing, and is not written while it equals that
  Written,   // may be missing, but is always written
  Required,  // a document without it is refused
};

template <typename Struct, typename Member>
struct Field {
  std::string_view name;
  Member Struct::*member;
  Presence presence;
};

template <typename Struct, typename Member>
constexpr Field<Struct, Member> optional(std::string_view name, Member Struct::*member) {
  return {name, member, Presence::Optional};
}
template <typename Struct, typename Member>
constexpr Field<Struct, Member> written(std::string_view name, Member Struct::*member) {
  return {name, member, Presence::Written};
}
template <typename Struct, typename Member>
constexpr Field<Struct, Member> required(std::string_view name, Member Struct::*member) {
  return {name, member, Presence::Required};
}

// The table of a struct: a tuple of Field, in the specification's order. nullptr for what has
// none.
template <typename T>
inline constexpr auto kFields = nullptr;

template <typename T>
concept Described = !std::is_null_pointer_v<std::remove_const_t<decltype(kFields<T>)>>;

}  // namespace tare::oci
