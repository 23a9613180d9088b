#include "store/overlay_store.h"

#include "store/contract.h"
#include "store/memory_store.h"

namespace weir::store {

// The overlay keeps what was committed as long as it lives: the contract's notion of the same store.
class KeptOverlay final : public Store {
 public:
  explicit KeptOverlay(OverlayStore& kept) : kept_(kept) {}
  base::Result<std::unique_ptr<Transaction>> begin(Mode mode) override { return kept_.begin(mode); }
  void watch(std::string prefix, Watcher watcher) override { kept_.watch(std::move(prefix), std::move(watcher)); }
  base::Status refresh() override { return kept_.refresh(); }

 private:
  OverlayStore& kept_;
};

struct OverlayAdapter {
  MemoryStore beneath;
  std::unique_ptr<OverlayStore> kept = OverlayStore::over(beneath).value();
  std::unique_ptr<Store> open() { return std::make_unique<KeptOverlay>(*kept); }
};
INSTANTIATE_TYPED_TEST_SUITE_P(Overlay, StoreContract, OverlayAdapter);

namespace {

using Values = std::map<std::string, std::string>;

Values all_of(Store& store) {
  Values out;
  auto entries = store.begin(Mode::read).value()->scan({"", ""}, 100000);
  for (auto& [key, value] : entries.value()) out[key] = value;
  return out;
}

base::Status put(Store& store, const std::string& key, const std::string& value) {
  return write(store, [&](Transaction& t) { return t.put(key, value); });
}

}  // namespace

TEST(OverlayStore, NothingReachesTheStoreBeneath) {
  MemoryStore beneath;
  ASSERT_TRUE(put(beneath, "a", "1").ok());
  ASSERT_TRUE(put(beneath, "b", "1").ok());
  auto before = all_of(beneath);
  auto overlay = OverlayStore::over(beneath).value();
  ASSERT_TRUE(put(*overlay, "a", "2").ok());
  ASSERT_TRUE(put(*overlay, "c", "2").ok());
  ASSERT_TRUE(write(*overlay, [](Transaction& t) { return t.erase("b"); }).ok());
  EXPECT_EQ(all_of(*overlay), (Values{{"a", "2"}, {"c", "2"}}));
  EXPECT_EQ(all_of(beneath), before);
}

TEST(OverlayStore, TheMomentBeneathStays) {
  MemoryStore beneath;
  ASSERT_TRUE(put(beneath, "a", "1").ok());
  auto overlay = OverlayStore::over(beneath).value();
  ASSERT_TRUE(put(beneath, "a", "2").ok());
  ASSERT_TRUE(put(beneath, "z", "2").ok());
  EXPECT_EQ(all_of(*overlay), (Values{{"a", "1"}}));
}

TEST(OverlayStore, ChangesAreNetOfWhatCameToNothing) {
  MemoryStore beneath;
  ASSERT_TRUE(put(beneath, "a", "1").ok());
  ASSERT_TRUE(put(beneath, "b", "1").ok());
  auto overlay = OverlayStore::over(beneath).value();
  for (const auto* value : {"2", "1"}) ASSERT_TRUE(put(*overlay, "a", value).ok());
  ASSERT_TRUE(put(*overlay, "c", "1").ok());
  ASSERT_TRUE(write(*overlay, [](Transaction& t) { return t.erase("c"); }).ok());
  ASSERT_TRUE(write(*overlay, [](Transaction& t) { return t.erase("b"); }).ok());
  auto changes = overlay->changes().value();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].key, "b");
  EXPECT_EQ(changes[0].value, std::nullopt);
}

TEST(OverlayStore, BeforeShowsTheMomentWhateverWasWritten) {
  MemoryStore beneath;
  ASSERT_TRUE(put(beneath, "a", "1").ok());
  auto overlay = OverlayStore::over(beneath).value();
  ASSERT_TRUE(put(*overlay, "a", "2").ok());
  EXPECT_EQ(overlay->before()->get("a").value(), "1");
  EXPECT_FALSE(overlay->before()->put("a", "3").ok());
}

// The contract's random walk starts from nothing; here half of the keys lie beneath, so that every page of the
// merge meets both layers.
TEST(OverlayStore, ARandomWalkOverOldDataMatchesAnOrderedMap) {
  std::mt19937 random(11);
  auto any_key = [&] {
    return std::string(random() % 3 + (random() % 9 ? 1 : 0), static_cast<char>('a' + random() % 6));
  };
  for (int round = 0; round < 50; ++round) {
    MemoryStore beneath;
    Values model;
    for (int i = 0; i < 10; ++i) {
      auto key = any_key();
      model[key] = "old";
      ASSERT_TRUE(put(beneath, key, "old").ok());
    }
    auto overlay = OverlayStore::over(beneath).value();
    for (int i = 0; i < 20; ++i) {
      auto key = any_key();
      bool erase = random() % 2;
      ASSERT_TRUE(write(*overlay, [&](Transaction& t) { return erase ? t.erase(key) : t.put(key, "new"); }).ok());
      erase ? void(model.erase(key)) : void(model[key] = "new");
      Range range{any_key(), random() % 2 ? any_key() : ""};
      bool reverse = random() % 2;
      size_t limit = random() % 5;
      std::vector<std::string> expected, got;
      for (auto& [name, value] : model)
        if (name >= range.first && (range.last.empty() || name < range.last)) expected.push_back(name);
      if (reverse) std::reverse(expected.begin(), expected.end());
      expected.resize(std::min(limit, expected.size()));
      auto found = overlay->begin(Mode::read).value()->scan(range, limit, reverse);
      for (auto& entry : found.value()) got.push_back(entry.key);
      ASSERT_EQ(got, expected);
    }
  }
}

}  // namespace weir::store
