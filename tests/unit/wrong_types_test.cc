// Every member of the configuration with every kind of wrong value, derived from the field tables:
// a member added there is tested here without anybody having to think of it.
#include <gtest/gtest.h>

#include <limits>

#include "oci/config_fields.h"
#include "oci/reader.h"

namespace tare::oci {
namespace {

// A JSON text with one wrong value in it, at `pointer`.
struct Wrong {
  std::string text;
  std::string pointer;
};

template <typename T>
struct Samples;

template <typename T>
std::vector<Wrong> wrong_values() {
  return Samples<T>::wrong();
}

template <>
struct Samples<bool> {
  static std::vector<Wrong> wrong() {
    return {{"0", ""}, {"\"true\"", ""}, {"[]", ""}, {"{}", ""}};
  }
};

template <>
struct Samples<std::string> {
  static std::vector<Wrong> wrong() { return {{"0", ""}, {"true", ""}, {"[]", ""}, {"{}", ""}}; }
};

template <std::integral T>
struct Samples<T> {
  static std::vector<Wrong> wrong() {
    using Limits = std::numeric_limits<T>;
    std::vector<Wrong> values = {{"\"1\"", ""},
                                 {"true", ""},
                                 {"[]", ""},
                                 {"{}", ""},
                                 {"1.0", ""},
                                 {"1e3", ""},
                                 {"1E400", ""},
                                 {"0.5", ""},
                                 {"18446744073709551616", ""},
                                 {"-9223372036854775809", ""}};
    if constexpr (sizeof(T) < 8) {
      values.push_back({std::to_string(int64_t{Limits::max()} + 1), ""});
      values.push_back({std::to_string(int64_t{Limits::min()} - 1), ""});
    } else if constexpr (std::is_signed_v<T>) {
      values.push_back({"9223372036854775808", ""});
    } else {
      values.push_back({"-1", ""});
    }
    return values;
  }
};

template <typename T>
struct Samples<std::optional<T>> : Samples<T> {};

template <typename T>
struct Samples<std::vector<T>> {
  static std::vector<Wrong> wrong() {
    std::vector<Wrong> values = {{"0", ""}, {"\"x\"", ""}, {"{}", ""}, {"[null]", "/0"}};
    for (const Wrong& inner : wrong_values<T>()) {
      values.push_back({"[" + inner.text + "]", "/0" + inner.pointer});
    }
    return values;
  }
};

template <typename T>
struct Samples<Map<T>> {
  static std::vector<Wrong> wrong() {
    std::vector<Wrong> values = {{"0", ""}, {"\"x\"", ""}, {"[]", ""}, {"{\"k/\": null}", "/k~1"}};
    for (const Wrong& inner : wrong_values<T>()) {
      values.push_back({"{\"k\": " + inner.text + "}", "/k" + inner.pointer});
    }
    return values;
  }
};

template <Described T>
struct Samples<T> {
  static std::vector<Wrong> wrong() {
    std::vector<Wrong> values = {{"0", ""}, {"\"x\"", ""}, {"[]", ""}};
    auto add = [&values]<typename M>(const Field<T, M>& field) {
      std::string name(field.name);
      for (const Wrong& inner : wrong_values<M>()) {
        values.push_back({"{\"" + name + "\": " + inner.text + "}", "/" + name + inner.pointer});
      }
    };
    std::apply([&](const auto&... fields) { (add(fields), ...); }, kFields<T>);
    return values;
  }
};

// The violations that are not merely about members the sample leaves out.
std::vector<Violation> faults(const std::string& text) {
  std::vector<Violation> violations;
  read_config(text, violations);
  std::erase_if(violations, [](const Violation& violation) { return violation.text == "missing"; });
  return violations;
}

TEST(WrongTypes, EachIsNamedByItsPointer) {
  std::vector<Wrong> values = wrong_values<Config>();
  EXPECT_GT(values.size(), 1500u);
  for (const Wrong& wrong : values) {
    std::vector<Violation> found = faults(wrong.text);
    ASSERT_EQ(found.size(), 1u) << wrong.text << "\n" << describe("config.json", found);
    EXPECT_EQ(found[0].pointer, wrong.pointer) << wrong.text;
    EXPECT_TRUE(found[0].text.starts_with("expected ")) << found[0].text;
  }
}

// Documents in which each member in turn is null.
template <typename T>
std::vector<std::string> nulls() {
  std::vector<std::string> values;
  auto add = [&values]<typename M>(const Field<T, M>& field) {
    values.push_back("{\"" + std::string(field.name) + "\": null}");
    using Inner = std::remove_cvref_t<decltype([] {
      if constexpr (requires { typename M::value_type; }) {
        return typename M::value_type{};
      } else {
        return M{};
      }
    }())>;
    if constexpr (Described<Inner>) {
      for (const std::string& inner : nulls<Inner>()) {
        values.push_back("{\"" + std::string(field.name) + "\": " + inner + "}");
      }
    }
  };
  std::apply([&](const auto&... fields) { (add(fields), ...); }, kFields<T>);
  return values;
}

TEST(WrongTypes, NullIsAbsentEverywhere) {
  std::vector<std::string> documents = nulls<Config>();
  EXPECT_GT(documents.size(), 50u);
  for (const std::string& text : documents) {
    // Lists hold the object one level down.
    if (std::vector<Violation> found = faults(text); !found.empty()) {
      EXPECT_TRUE(found[0].text.starts_with("expected an array")) << text;
    }
  }
}

}  // namespace
}  // namespace tare::oci
