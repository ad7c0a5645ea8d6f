// Text in, tree or message out.
#include "oci/json.h"

#include <gtest/gtest.h>

namespace tare::oci {
namespace {

// All violations of a text, as one line.
std::string faults(std::string_view text) {
  std::vector<Violation> violations;
  std::optional<json::Value> value = json::parse(text, violations);
  EXPECT_TRUE(value.has_value() || !violations.empty());
  return describe("x", violations);
}

struct Refused {
  std::string text;
  std::string message;
};

// Shows: gen-1, gen-2
TEST(Json, RefusesWhatIsNoStrictDocument) {
  using namespace std::string_literals;
  const Refused cases[] = {
      {"",
       "x: parse error at line 1, column 1: syntax error while parsing value - unexpected end of "
       "input; expected '[', '{', or a literal"},
      {"{",
       "x: parse error at line 1, column 2: syntax error while parsing object key - unexpected end "
       "of input; expected string literal"},
      {"{} x",
       "x: parse error at line 1, column 4: syntax error while parsing value - invalid literal"},
      {"{}{}",
       "x: parse error at line 1, column 3: syntax error while parsing value - unexpected '{'; "
       "expected end of input"},
      {"\xef\xbb\xbf{}", "x: starts with a byte order mark"},
      {"\xff\xfe{\0}\0"s,
       "x: parse error at line 1, column 1: syntax error while parsing value - invalid literal"},
      {R"({"a": {"b": ["x", "\xff"]}})",
       "x: /a/b/1: parse error at line 1, column 21: syntax error while parsing value - invalid "
       "string: forbidden character after backslash"},
      {"{\"a\": [\"x\", \"\xff\"]}",
       "x: /a/1: parse error at line 1, column 14: syntax error while parsing value - invalid "
       "string: ill-formed UTF-8 byte"},
      {R"({"a": "\ud800"})",
       "x: /a: parse error at line 1, column 14: syntax error while parsing value - invalid "
       "string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF"},
      {R"({"a": [1, "x\u0000y"]})", "x: /a/1: U+0000 in a string"},
      {R"({"a\u0000": 1})", R"(x: "/a\x00": U+0000 in a name)"},
      {R"({"a": {"b": 1, "c": 2, "b": 3}})", "x: /a/b: the name is there twice"},
      {R"({"a": 1, "a": 2, "b": {"c/~": 1, "c/~": 2}})",
       "x: /b/c~1~0: the name is there twice; x: /a: the name is there twice"},
      {"{\"a\": 1,}",
       "x: parse error at line 1, column 9: syntax error while parsing object key - unexpected "
       "'}'; expected string literal"},
      {"// no\n{}",
       "x: parse error at line 1, column 1: syntax error while parsing value - invalid literal"},
      {R"({"a": 01})",
       "x: parse error at line 1, column 8: syntax error while parsing object - unexpected number "
       "literal; expected '}'"},
      {R"({"a": +1})",
       "x: /a: parse error at line 1, column 7: syntax error while parsing value - invalid "
       "literal"},
      {R"({"a": 0x10})",
       "x: parse error at line 1, column 8: syntax error while parsing object - invalid literal"},
      {R"({"a": NaN})",
       "x: /a: parse error at line 1, column 7: syntax error while parsing value - invalid "
       "literal"},
  };
  for (const Refused& c : cases) EXPECT_EQ(faults(c.text), c.message) << c.text;
}

// Shows: gen-2
TEST(Json, FindsADuplicateAmongManyNames) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"n" + std::to_string(i) + "\": 0, ";
  EXPECT_EQ(faults(text + "\"last\": 0}"), "");
  EXPECT_EQ(faults(text + "\"n500\": 0}"), "x: /n500: the name is there twice");
}

TEST(Json, BoundsDepth) {
  auto nested = [](size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(faults(nested(64)), "");
  std::string pointer;
  for (int i = 0; i < 64; ++i) pointer += "/0";
  EXPECT_EQ(faults(nested(65)), "x: " + pointer + ": nested deeper than 64 levels");
  EXPECT_EQ(faults(std::string(100000, '[')), "x: " + pointer + ": nested deeper than 64 levels");
}

TEST(Json, BoundsSize) {
  EXPECT_EQ(faults(std::string((size_t{64} << 20) + 1, ' ')), "x: larger than 64 MiB");
  std::string many = "[0";
  for (int i = 0; i < 600000; ++i) many += ",0";
  EXPECT_EQ(faults(many + "]"), "x: /524288: more than half a million values");
}

// Shows: gen-8
TEST(Json, KeepsIntegersExactAndOtherNumbersAsText) {
  std::vector<Violation> violations;
  std::optional<json::Value> value = json::parse(
      "[18446744073709551615, 9223372036854775808, -9223372036854775808, 0, 18446744073709551616, "
      "1.0, 1e3]",
      violations);
  ASSERT_TRUE(value);
  const json::Array& list = *value->get<json::Array>();
  EXPECT_EQ(*list[0].get<uint64_t>(), 18446744073709551615u);
  EXPECT_EQ(*list[1].get<uint64_t>(), 9223372036854775808u);
  EXPECT_EQ(*list[2].get<int64_t>(), INT64_MIN);
  EXPECT_EQ(*list[3].get<uint64_t>(), 0u);
  EXPECT_EQ(list[4].get<json::OtherNumber>()->text, "18446744073709551616");
  EXPECT_EQ(list[5].get<json::OtherNumber>()->text, "1.0");
  EXPECT_EQ(list[6].get<json::OtherNumber>()->text, "1e3");
}

TEST(Json, WritesWhatItReadInTheSameOrder) {
  const std::string text =
      R"({"z":[1,-2,true,null,"ä\n\"",{}],"a":{"b":18446744073709551615,"c":1.5}})";
  std::vector<Violation> violations;
  EXPECT_EQ(json::write(*json::parse(text, violations)), text);
  EXPECT_EQ(json::write(*json::parse(R"({"a":[1]})", violations), {.width = 2}),
            "{\n  \"a\": [\n    1\n  ]\n}");
}

TEST(Json, ReplacesBytesThatAreNoText) {
  EXPECT_EQ(json::write(json::Value("a\xff"
                                    "b\x1b")),
            "\"a\xef\xbf\xbd"
            "b\\u001b\"");
}

TEST(Json, DescribesValuesShortly) {
  std::vector<Violation> violations;
  auto text = [&](std::string_view document) {
    return json::describe(*json::parse(document, violations));
  };
  EXPECT_EQ(text(R"("64m")"), R"("64m")");
  EXPECT_EQ(text("1.5"), "1.5");
  EXPECT_EQ(text("-7"), "-7");
  EXPECT_EQ(text("null"), "null");
  EXPECT_EQ(text("[1]"), "an array");
  EXPECT_EQ(text("{}"), "an object");
  EXPECT_EQ(json::describe(json::Value("\x1b[31m")), R"("\x1b[31m")");
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ä";
  EXPECT_EQ(json::describe(json::Value("x" + umlauts)), "\"x" + umlauts.substr(0, 78) + "\"…");
}

TEST(Violation, DescribesOnlyTheFirstOfMany) {
  std::vector<Violation> many(1000, {"/a", "bad"});
  std::string text = describe("config.json", many);
  EXPECT_TRUE(text.ends_with("config.json: /a: bad; and 980 more")) << text;
}

TEST(Violation, CutsLongTexts) {
  EXPECT_LT(describe("x", {{std::string(100000, 'a'), std::string(100000, 'b')}}).size(), 900u);
}

TEST(Violation, PointersAreEscaped) {
  EXPECT_EQ(pointer("mounts", 3, "a/b~c"), "/mounts/3/a~1b~0c");
}

}  // namespace
}  // namespace tare::oci
