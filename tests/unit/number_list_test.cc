#include "oci/number_list.h"

#include <gmock/gmock.h>

namespace tare::oci {
namespace {

using testing::ElementsAre;
using testing::Optional;

// Shows: aff-5
TEST(NumberList, AscendingRangesSeparatedByCommas) {
  for (const char* list : {"0", "0-3", "0-3,7", "0, 2-3", " 1 ,1", "1024-2047", "4294967295"}) {
    EXPECT_TRUE(is_number_list(list)) << list;
  }
  for (const char* list : {"", ",", "0-", "-1", "5-1", "a", "0,", "0\n1", "1-2-3", "+1",
                           "4294967296", "0, 2 - 3", "1 2", "0x1"}) {
    EXPECT_FALSE(is_number_list(list)) << list;
    EXPECT_FALSE(number_mask(list, kMaxProcessors)) << list;
  }
}

TEST(NumberList, EachNumberIsABit) {
  EXPECT_THAT(number_mask("0", 1), Optional(ElementsAre(1)));
  EXPECT_THAT(number_mask("0-3,7", 8), Optional(ElementsAre(0x8f)));
  EXPECT_THAT(number_mask("1,1, 0-2", 8), Optional(ElementsAre(7)));
  EXPECT_THAT(number_mask("63", 128), Optional(ElementsAre(uint64_t{1} << 63)));
  EXPECT_THAT(number_mask("64,130", 256), Optional(ElementsAre(0, 1, 4)));
  EXPECT_THAT(number_mask("62-65", 128), Optional(ElementsAre(uint64_t{3} << 62, 3)));
}

TEST(NumberList, NothingBeyondTheLimit) {
  EXPECT_TRUE(number_mask("0-8191", 8192));
  EXPECT_EQ(number_mask("0-8191", 8192)->size(), 128U);
  EXPECT_FALSE(number_mask("8192", 8192));
  EXPECT_FALSE(number_mask("0-4294967295", 8192)) << "and takes no time or memory";
}

}  // namespace
}  // namespace tare::oci
