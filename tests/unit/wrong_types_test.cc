// Every member of the configuration, at every depth, with everything that is wrong for it. The
// members come from the field tables: one that is added there is tested here without anybody having
// to think of it.
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <set>

#include "oci/config_fields.h"
#include "oci/reader.h"

namespace tare::oci {
namespace {

// A document with a hole for one value, at `pointer`.
struct Frame {
  std::string before, after, pointer;

  std::string around(const std::string& text) const { return before + text + after; }
  Frame member(std::string_view name) const {
    return {before + "{\"" + std::string(name) + "\": ", "}" + after,
            pointer + "/" + std::string(name)};
  }
  Frame element() const { return {before + "[", "]" + after, pointer + "/0"}; }
};

template <typename T>
struct ElementOf;
template <typename T>
struct ElementOf<std::vector<T>> {
  using Type = T;
};
template <typename T>
struct ElementOf<Map<T>> {
  using Type = T;
};
template <typename T>
concept IsMap = requires {
  typename T::mapped_type;
};
template <typename T>
concept IsList = requires {
  typename ElementOf<T>::Type;
}
&&!IsMap<T>;
template <typename T>
concept IsOptional = requires(T value) {
  value.has_value();
};

// Called for every value there is in a configuration, with the type it has to have.
template <typename T, typename Visit>
void visit_values(const Frame& frame, const Visit& visit) {
  if constexpr (IsOptional<T>) {
    visit_values<typename T::value_type>(frame, visit);
  } else {
    visit.template operator()<T>(frame);
    if constexpr (IsMap<T>) {
      visit_values<typename ElementOf<T>::Type>(frame.member("k"), visit);
    } else if constexpr (IsList<T>) {
      visit_values<typename ElementOf<T>::Type>(frame.element(), visit);
    } else if constexpr (Described<T>) {
      auto one = [&]<typename M>(const Field<T, M>& field) {
        visit_values<M>(frame.member(field.name), visit);
      };
      std::apply([&](const auto&... fields) { (one(fields), ...); }, kFields<T>);
    }
  }
}

template <typename Visit>
void visit_all(const Visit& visit) {
  visit_values<Config>({}, visit);
}

// Every kind of JSON value that is not a number, and numbers that are no 64-bit integers.
constexpr const char* kFalse = "false";
constexpr const char* kText = "\"1\"";
constexpr const char* kArray = "[]";
constexpr const char* kObject = "{}";
const Strings kNoIntegers = {"1.0",
                             "1e3",
                             "1E0",
                             "-1.0",
                             "0.5",
                             "-0.0",
                             "1e0",
                             "1E400",
                             "18446744073709551616",
                             "-9223372036854775809",
                             "99999999999999999999999999"};

template <typename T>
Strings wrong_values() {
  Strings wrong = {"0", "-1", kFalse, kText, kArray, kObject};
  wrong.insert(wrong.end(), kNoIntegers.begin(), kNoIntegers.end());
  auto is_right = [](const char* value) {
    return [value](const std::string& text) { return text == value; };
  };
  if constexpr (std::same_as<T, bool>) {
    std::erase_if(wrong, is_right(kFalse));
  } else if constexpr (std::same_as<T, std::string>) {
    std::erase_if(wrong, is_right(kText));
  } else if constexpr (IsMap<T> || Described<T>) {
    std::erase_if(wrong, is_right(kObject));
  } else if constexpr (IsList<T>) {
    std::erase_if(wrong, is_right(kArray));
  } else {
    static_assert(std::integral<T>);
    using Limits = std::numeric_limits<T>;
    std::erase_if(wrong, is_right("0"));
    if (std::is_signed_v<T>) std::erase_if(wrong, is_right("-1"));
    if constexpr (sizeof(T) < 8) {
      wrong.push_back(std::to_string(int64_t{Limits::max()} + 1));
      wrong.push_back(std::to_string(int64_t{Limits::min()} - 1));
    } else if constexpr (std::is_signed_v<T>) {
      wrong.emplace_back("9223372036854775808");
    }
  }
  return wrong;
}

// The violations that are not merely about members the sample leaves out.
std::vector<Violation> faults(const std::string& text) {
  std::vector<Violation> violations;
  read_config(text, violations);
  std::erase_if(violations, [](const Violation& violation) { return violation.text == "missing"; });
  return violations;
}

void expect_one(const std::string& text, const std::string& pointer, std::string_view beginning) {
  std::vector<Violation> found = faults(text);
  ASSERT_EQ(found.size(), 1u) << text << "\n" << describe("config.json", found);
  EXPECT_EQ(found[0].pointer, pointer) << text;
  EXPECT_TRUE(found[0].text.starts_with(beginning)) << found[0].text;
}

// Shows: gen-5, gen-8, gen-10
TEST(WrongTypes, EachIsNamedByItsPointer) {
  size_t values = 0;
  visit_all([&]<typename T>(const Frame& frame) {
    for (const std::string& text : wrong_values<T>()) {
      expect_one(frame.around(text), frame.pointer, "expected ");
      ++values;
    }
  });
  EXPECT_GT(values, 4500u);
}

// Shows: gen-8
TEST(WrongTypes, TheLastNumbersThatFitAreTaken) {
  visit_all([]<typename T>(const Frame& frame) {
    if constexpr (std::integral<T> && !std::same_as<T, bool>) {
      for (T value : {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()}) {
        std::string text = frame.around(std::to_string(value));
        EXPECT_EQ(describe("", faults(text)), "") << text;
      }
    }
  });
}

// Shows: gen-9
TEST(WrongTypes, NullIsAbsentInEveryObject) {
  size_t members = 0;
  visit_all([&]<typename T>(const Frame& frame) {
    if constexpr (Described<T>) {
      auto one = [&](const auto& field) {
        std::string text = frame.member(field.name).around("null");
        EXPECT_EQ(describe("", faults(text)), "") << text;
        ++members;
      };
      std::apply([&](const auto&... fields) { (one(fields), ...); }, kFields<T>);
    } else if constexpr (IsMap<T>) {  // the names of a map are no properties
      expect_one(frame.member("k").around("null"), frame.pointer + "/k", "expected ");
    } else if constexpr (IsList<T>) {
      expect_one(frame.element().around("null"), frame.pointer + "/0", "expected ");
    }
  });
  EXPECT_GT(members, 200u);
}

// Shows: gen-2
TEST(WrongTypes, NoNameIsThereTwice) {
  visit_all([]<typename T>(const Frame& frame) {
    auto twice = [&](const std::string& name) {
      std::string member = "\"" + name + "\": null";
      std::vector<Violation> found = faults(frame.around("{" + member + ", " + member + "}"));
      ASSERT_FALSE(found.empty()) << frame.pointer << "/" << name;
      EXPECT_EQ(found[0].pointer, frame.pointer + "/" + name);
      EXPECT_EQ(found[0].text, "the name is there twice");
    };
    if constexpr (Described<T>) {
      std::apply([&](const auto&... fields) { (twice(std::string(fields.name)), ...); },
                 kFields<T>);
    }
    if constexpr (Described<T> || IsMap<T>) twice("unknown");
  });
}

// Shows: gen-4
TEST(WrongTypes, UnknownMembersOfAnyTypeAreNoError) {
  size_t objects = 0;
  visit_all([&]<typename T>(const Frame& frame) {
    if constexpr (Described<T>) {
      for (const char* value :
           {"0", "1e3", "false", "null", "\"x\"", "[{\"a\": [1.5]}]", "{\"path\": 0}"}) {
        std::string text = frame.member("x-unknown").around(value);
        EXPECT_EQ(describe("", faults(text)), "") << text;
      }
      ++objects;
    }
  });
  EXPECT_GT(objects, 40u);
}

// Every object there is, empty: exactly its required members are missing.
// Shows: ver-1, root-1, mounts-4, ns-8, idmap-3, dev-4, cgdev-2, blk-2, blk-3, huge-2, hooks-1,
// sec-1
TEST(WrongTypes, WhatIsRequiredIsMissed) {
  size_t required = 0;
  visit_all([&]<typename T>(const Frame& frame) {
    if constexpr (Described<T>) {
      std::set<std::string> expected, found;
      auto one = [&](const auto& field) {
        if (field.presence == Presence::Required) {
          expected.insert(frame.pointer + "/" + std::string(field.name));
        }
      };
      std::apply([&](const auto&... fields) { (one(fields), ...); }, kFields<T>);
      std::vector<Violation> violations;
      read_config(frame.around("{}"), violations);
      for (const Violation& violation : violations) {
        EXPECT_EQ(violation.text, "missing");
        std::string parent = violation.pointer.substr(0, violation.pointer.rfind('/'));
        if (parent == frame.pointer) found.insert(violation.pointer);
      }
      EXPECT_EQ(found, expected);
      required += expected.size();
    }
  });
  EXPECT_GT(required, 40u);
}

}  // namespace
}  // namespace tare::oci
