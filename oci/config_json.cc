// Reads and writes oci::Config by the field tables: nothing here knows a member of the
// configuration by name. Reading goes once through the members of each object in the document's
// order and moves strings out of the tree; where we are is a chain of places on the stack, written
// out as a JSON pointer only when something is wrong. Unknown members are not looked into
// (runtime-spec, "Extensibility"), which also covers the objects of other platforms.
#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "oci/config_fields.h"
#include "oci/json.h"
#include "oci/reader.h"
#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

using json::Value;

// A member or element on the way from the root; parent == nullptr is the document.
struct Place {
  const Place* parent = nullptr;
  std::string_view name;
  size_t index = 0;
  bool element = false;
};

std::string pointer_to(const Place& place) {
  if (place.parent == nullptr) return {};
  std::string result = pointer_to(*place.parent);
  append_to_pointer(result, place.element ? std::to_string(place.index) : std::string(place.name));
  return result;
}

template <Described T>
constexpr auto kNames = std::apply(
    [](const auto&... fields) {
      return std::array<std::string_view, sizeof...(fields)>{fields.name...};
    },
    kFields<T>);

constexpr const char* kTwice = "given twice, in names that differ in case alone";

// The index of the field of that name, else of the one whose name differs in case alone: documents
// are written for runtimes whose decoder does not look at case. kNames<T>.size() when there is
// none.
template <Described T>
size_t field_named(std::string_view name) {
  auto position = std::find(kNames<T>.begin(), kNames<T>.end(), name);
  if (position == kNames<T>.end()) {
    position = std::find_if(kNames<T>.begin(), kNames<T>.end(), [name](std::string_view field) {
      return equal_ignoring_case(field, name);
    });
  }
  return static_cast<size_t>(position - kNames<T>.begin());
}

class Reader {
 public:
  explicit Reader(std::vector<Violation>& violations) : violations_(violations) {}

  void read(Value& value, const Place& place, bool& out) {
    if (const bool* flag = value.get<bool>()) {
      out = *flag;
    } else {
      expected("a boolean", value, place);
    }
  }

  void read(Value& value, const Place& place, std::string& out) {
    if (std::string* text = value.get<std::string>()) {
      out = std::move(*text);
    } else {
      expected("a string", value, place);
    }
  }

  template <std::integral T>
  void read(Value& value, const Place& place, T& out) {
    const int64_t* negative = value.get<int64_t>();
    const uint64_t* positive = value.get<uint64_t>();
    if (negative != nullptr && std::in_range<T>(*negative)) {
      out = static_cast<T>(*negative);
    } else if (positive != nullptr && std::in_range<T>(*positive)) {
      out = static_cast<T>(*positive);
    } else if (negative != nullptr || positive != nullptr || is_huge_integer(value)) {
      using Limits = std::numeric_limits<T>;
      expected("an integer from " + std::to_string(Limits::min()) + " to " +
                   std::to_string(Limits::max()),
               value, place);
    } else {
      expected("an integer", value, place);
    }
  }

  template <typename T>
  void read(Value& value, const Place& place, std::optional<T>& out) {
    read(value, place, out ? *out : out.emplace());
  }

  template <typename T>
  void read(Value& value, const Place& place, std::vector<T>& out) {
    json::Array* array = value.get<json::Array>();
    if (array == nullptr) return expected("an array", value, place);
    out.reserve(array->size());
    for (size_t i = 0; i < array->size(); ++i) {
      read((*array)[i], Place{&place, {}, i, true}, out.emplace_back());
    }
  }

  template <typename T>
  void read(Value& value, const Place& place, Map<T>& out) {
    json::Object* object = value.get<json::Object>();
    if (object == nullptr) return expected("an object", value, place);
    for (json::Member& member : *object) {
      read(member.value, Place{&place, member.name}, out[member.name]);
    }
  }

  template <Described T>
  void read(Value& value, const Place& place, T& out) {
    json::Object* object = value.get<json::Object>();
    if (object == nullptr) return expected("an object", value, place);
    std::array<bool, kNames<T>.size()> seen{};
    for (json::Member& member : *object) {
      size_t field = field_named<T>(member.name);
      if (member.value.is_null() || field == seen.size()) continue;
      if (seen[field] && member.value.template get<json::Object>() == nullptr) {
        violations_.push_back({pointer_to(Place{&place, member.name}), kTwice});
      }
      seen[field] = true;
      read_field(member.value, place, out, field);
    }
    std::apply(
        [&](const auto&... fields) {
          const bool* flag = seen.data();
          (require(fields, *flag++, place), ...);
        },
        kFields<T>);
  }

 private:
  template <typename T>
  void read_field(Value& value, const Place& place, T& out, size_t wanted) {
    size_t index = 0;
    auto read_if_wanted = [&](const auto& field) {
      if (index++ == wanted) read(value, Place{&place, field.name}, out.*field.member);
    };
    std::apply([&](const auto&... fields) { (read_if_wanted(fields), ...); }, kFields<T>);
  }

  template <typename F>
  void require(const F& field, bool seen, const Place& place) {
    if (field.presence != Presence::Required || seen) return;
    violations_.push_back({pointer_to(Place{&place, field.name}), "missing"});
  }

  static bool is_huge_integer(const Value& value) {
    const json::OtherNumber* number = value.get<json::OtherNumber>();
    return number != nullptr && number->text.find_first_of(".eE") == std::string::npos;
  }

  void expected(std::string what, const Value& value, const Place& place) {
    violations_.push_back(
        {pointer_to(place), "expected " + std::move(what) + ", got " + json::describe(value)});
  }

  std::vector<Violation>& violations_;
};

template <typename T>
T read_document(std::string_view text, std::vector<Violation>& violations) {
  T result;
  if (std::optional<Value> value = json::parse(text, violations)) {
    Reader(violations).read(*value, Place{}, result);
  }
  return result;
}

// What a field holds when the document does not name it.
template <typename T>
bool is_absent(const T& value) {
  if constexpr (requires { value.has_value(); }) {
    return !value.has_value();
  } else if constexpr (requires { value.empty(); }) {
    return value.empty();
  } else if constexpr (Described<T>) {
    return false;
  } else {
    return value == T{};
  }
}

template <typename T>
Value value_of(const T& content) {
  return Value(content);
}

template <typename T>
Value value_of(const std::optional<T>& content);
template <typename T>
Value value_of(const std::vector<T>& content);
template <typename T>
Value value_of(const Map<T>& content);
template <Described T>
Value value_of(const T& content);

template <typename T>
Value value_of(const std::optional<T>& content) {
  return content ? value_of(*content) : Value();
}

template <typename T>
Value value_of(const std::vector<T>& content) {
  json::Array array;
  for (const T& element : content) array.push_back(value_of(element));
  return Value(std::move(array));
}

template <typename T>
Value value_of(const Map<T>& content) {
  json::Object object;
  for (const auto& [name, element] : content) object.push_back({name, value_of(element)});
  return Value(std::move(object));
}

template <Described T>
Value value_of(const T& content) {
  json::Object object;
  auto add = [&](const auto& field) {
    const auto& member = content.*field.member;
    if (field.presence == Presence::Optional && is_absent(member)) return;
    object.push_back({std::string(field.name), value_of(member)});
  };
  std::apply([&](const auto&... fields) { (add(fields), ...); }, kFields<T>);
  return Value(std::move(object));
}

}  // namespace

Config read_config(std::string_view text, std::vector<Violation>& violations) {
  return read_document<Config>(text, violations);
}

Resources read_resources(std::string_view text, std::vector<Violation>& violations) {
  return read_document<Resources>(text, violations);
}

Process read_process(std::string_view text, std::vector<Violation>& violations) {
  return read_document<Process>(text, violations);
}

Seccomp read_seccomp(std::string_view text, std::vector<Violation>& violations) {
  return read_document<Seccomp>(text, violations);
}

std::string write_config(const Config& config) {
  return json::write(value_of(config), {.width = 1, .fill = '\t'});
}

}  // namespace tare::oci
