#include "app/call_slots.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

TEST(CallSlots, AnAccountHasItsShareAndAllHaveTheirs) {
  CallSlots slots(2, 3);
  auto a1 = slots.take("a"), a2 = slots.take("a");
  EXPECT_TRUE(a1 && a2);
  EXPECT_FALSE(slots.take("a"));
  auto b1 = slots.take("b");
  EXPECT_TRUE(b1);
  EXPECT_FALSE(slots.take("c")) << "three at once";
}

TEST(CallSlots, ASlotThatGoesIsFree) {
  CallSlots slots(1, 1);
  for (int i = 0; i < 3; ++i) {
    auto slot = slots.take("a");
    ASSERT_TRUE(slot);
    auto moved = std::move(*slot);
    EXPECT_FALSE(slots.take("a"));
  }
}

}  // namespace
}  // namespace weir::app
