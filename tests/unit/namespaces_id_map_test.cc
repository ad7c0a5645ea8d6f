// Id maps as numbers: whose id is whose, seen from where.
#include <gtest/gtest.h>

#include "namespaces/id_map.h"
#include "runtime/base/error.h"

namespace tare::namespaces {
namespace {

using Map = std::vector<oci::IdMapping>;

TEST(IdMap, TextIsALineForEachRange) {
  EXPECT_EQ(map_text({}), "");
  EXPECT_EQ(map_text({{0, 1000, 1}, {1, 4294967290, 4}}), "0 1000 1\n1 4294967290 4\n");
}

TEST(IdMap, SeenFromAnotherNamespaceRangesMove) {
  const Map outer = {{0, 1000, 1}, {1, 100000, 65536}, {70000, 4294967290, 5}};
  EXPECT_EQ(map_text(seen_from({}, outer)), "");
  EXPECT_EQ(map_text(seen_from({{5, 1000, 1}, {6, 100010, 20}}, outer)), "5 0 1\n6 11 20\n");
  EXPECT_EQ(map_text(seen_from({{0, 4294967290, 5}}, outer)), "0 70000 5\n");
}

TEST(IdMap, RangesThatAreSplitOutsideAreSplitInside) {
  const Map outer = {{0, 100, 10}, {20, 110, 10}, {10, 120, 5}};
  EXPECT_EQ(map_text(seen_from({{7, 105, 18}}, outer)), "7 5 5\n12 20 10\n22 10 3\n");
}

TEST(IdMap, ANamespaceMapsItsOwnIdsToThemselves) {
  const Map outer = {{0, 1000, 1}, {1, 100000, 10}};
  EXPECT_EQ(map_text(seen_from(outer, outer)), "0 0 1\n1 1 10\n");
}

TEST(IdMap, WhatIsNotInTheNamespaceIsNamed) {
  for (const Map& inner : {Map{{0, 99, 1}}, Map{{0, 95, 10}}, Map{{0, 4294967294, 1}}}) {
    EXPECT_THROW(seen_from(inner, {{0, 100, 10}}), Error);
  }
  try {
    seen_from({{0, 105, 10}}, {{0, 100, 10}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "id 110 is not in the container's user namespace");
  }
}

}  // namespace
}  // namespace tare::namespaces
