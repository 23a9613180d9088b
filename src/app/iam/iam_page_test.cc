#include "app/iam/iam_page.h"

#include <gtest/gtest.h>

#include <set>

namespace weir::app {
namespace {

using Texts = std::vector<std::string>;

identity::PageRequest request(size_t items_max, std::string marker = {}) { return {"/", std::move(marker), items_max}; }

base::Result<identity::Page<std::string>> page(Texts items, const identity::PageRequest& wanted) {
  return page_of(std::move(items), wanted, [](const std::string& text) { return text; });
}

Texts walk(const Texts& items, size_t items_max) {
  Texts told;
  std::string marker;
  do {
    auto next = page(items, request(items_max, marker)).value();
    EXPECT_LE(next.items.size(), items_max);
    told.insert(told.end(), next.items.begin(), next.items.end());
    marker = next.marker.value_or("");
  } while (!marker.empty());
  return told;
}

TEST(IamPage, EverythingIsToldOnceInOrderWhateverThePageSize) {
  const Texts items = {"d", "b", "a", "e", "c"};
  for (size_t size = 1; size <= 6; ++size) EXPECT_EQ(walk(items, size), (Texts{"a", "b", "c", "d", "e"}));
}

TEST(IamPage, LastPageHasNoMarkerAlsoWhenItIsFull) {
  EXPECT_FALSE(page({"a", "b"}, request(2)).value().marker);
  EXPECT_TRUE(page({"a", "b", "c"}, request(2)).value().marker);
  EXPECT_FALSE(page({}, request(2)).value().marker);
}

TEST(IamPage, GoesOnAfterTheLastItemToldAlsoWhenThatIsGone) {
  auto first = page({"a", "b", "c", "d"}, request(2)).value();
  EXPECT_EQ(page({"c", "d"}, request(2, *first.marker)).value().items, (Texts{"c", "d"}));
  EXPECT_EQ(page({"aa", "bb", "c"}, request(9, *first.marker)).value().items, (Texts{"bb", "c"}));
}

TEST(IamPage, MarkersOfLongKeysFitTheModelsLimitAndStillTellThemApart) {
  const std::string stem(900, 'k');
  const Texts items = {stem + "3", stem + "1", stem + "2"};
  auto told = walk(items, 1);
  EXPECT_EQ(std::set<std::string>(told.begin(), told.end()).size(), 3u);
  EXPECT_LE(page(items, request(1)).value().marker->size(), 320u);
}

TEST(IamPage, NonsenseIsNoMarker) {
  for (auto* text : {"!", "a", "====", "\xff"})
    EXPECT_EQ(page({"a"}, request(1, text)).error().kind, base::Kind::invalid);
}

}  // namespace
}  // namespace weir::app
