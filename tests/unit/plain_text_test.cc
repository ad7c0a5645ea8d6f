// JSON for people.
#include "oci/plain_text.h"

#include <gtest/gtest.h>

namespace tare::oci::json {
namespace {

TEST(PlainText, EachKindOfValueHasAWord) {
  EXPECT_EQ(plain_text(Value(true)), "yes");
  EXPECT_EQ(plain_text(Value(false)), "no");
  EXPECT_EQ(plain_text(Value()), "unknown");
  EXPECT_EQ(plain_text(Value(-3)), "-3");
  EXPECT_EQ(plain_text(Value(18446744073709551615U)), "18446744073709551615");
  EXPECT_EQ(plain_text(Value(OtherNumber{"1.5"})), "1.5");
  EXPECT_EQ(plain_text(Value(Array{})), "none");
  EXPECT_EQ(plain_text(Value(Array{Value("a"), Value(1)})), "a, 1");
  EXPECT_EQ(plain_text(Value(Object{{"a", Value(1)}, {"b", Value("x")}})), "a 1; b x");
}

TEST(PlainText, WhatATerminalWouldObeyIsQuoted) {
  EXPECT_EQ(printable("plain \"text\""), "plain \"text\"");
  EXPECT_EQ(printable("a\x1b[2J"), "\"a\\x1b[2J\"");
  EXPECT_EQ(printable(""), "\"\"");
  EXPECT_EQ(plain_text(Value("a\nb")), "\"a\\nb\"");
}

TEST(PlainText, AnOutlineIsAligned) {
  Object inner{{"x", Value(1)}};
  EXPECT_EQ(outline({{"a", Value("1")}, {"long", Value(true)}, {"in", Value(inner)}}),
            "a     1\nlong  yes\nin\n  x  1\n");
}

}  // namespace
}  // namespace tare::oci::json
