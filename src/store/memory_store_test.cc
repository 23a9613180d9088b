#include "store/memory_store.h"

#include "store/contract.h"

namespace weir::store {

// "Opening again" keeps the data only while the process lives; the contract's notion of the same store.
class KeptMemory final : public Store {
 public:
  explicit KeptMemory(MemoryStore& kept) : kept_(kept) {}
  base::Result<std::unique_ptr<Transaction>> begin(Mode mode) override { return kept_.begin(mode); }
  void watch(std::string prefix, Watcher watcher) override { kept_.watch(std::move(prefix), std::move(watcher)); }
  base::Status refresh() override { return kept_.refresh(); }

 private:
  MemoryStore& kept_;
};

struct MemoryAdapter {
  MemoryStore kept;
  std::unique_ptr<Store> open() { return std::make_unique<KeptMemory>(kept); }
};
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, StoreContract, MemoryAdapter);

TEST(MemoryStore, TheLoserOfARaceIsToldAtCommit) {
  MemoryStore store;
  auto first = store.begin(Mode::write).value(), second = store.begin(Mode::write).value();
  (void)first->get("k");
  (void)second->get("k");
  ASSERT_TRUE(first->put("k", "1").ok());
  ASSERT_TRUE(second->put("k", "2").ok());
  ASSERT_TRUE(first->commit().ok());
  auto lost = second->commit();
  ASSERT_FALSE(lost.ok());
  EXPECT_EQ(lost.error().kind, base::Kind::concurrent);
  EXPECT_EQ(store.begin(Mode::read).value()->get("k").value(), "1");
}

TEST(MemoryStore, ALimitedScanConflictsOnlyWithWhatItSaw) {
  MemoryStore store;
  ASSERT_TRUE(write(store, [](Transaction& t) -> base::Status {
                WEIR_CHECK_OK(t.put("a", "1"));
                return t.put("b", "1");
              }).ok());
  auto reader = store.begin(Mode::write).value();
  EXPECT_EQ(reader->scan({"", ""}, 1).value().size(), 1U);
  ASSERT_TRUE(reader->put("z", "1").ok());
  ASSERT_TRUE(write(store, [](Transaction& t) { return t.put("c", "1"); }).ok());
  EXPECT_TRUE(reader->commit().ok());

  auto loser = store.begin(Mode::write).value();
  EXPECT_EQ(loser->scan({"", ""}, 9).value().size(), 4U);
  ASSERT_TRUE(loser->put("z", "2").ok());
  ASSERT_TRUE(write(store, [](Transaction& t) { return t.erase("c"); }).ok());
  EXPECT_EQ(loser->commit().error().kind, base::Kind::concurrent) << "an erased key counts as changed";
}

TEST(MemoryStore, TheNthOperationFailsAsPlanned) {
  MemoryStore store;
  store.fail_operation(2, base::fail(base::Kind::unavailable, "planned"));
  auto t = store.begin(Mode::write).value();
  EXPECT_TRUE(t->put("a", "1").ok());
  EXPECT_EQ(t->get("a").error().kind, base::Kind::unavailable);
  EXPECT_TRUE(t->get("a").ok()) << "once only";
}

TEST(MemoryStore, AFailedCommitLeavesNothingAndTellsNobody) {
  MemoryStore store;
  int told = 0;
  store.watch("", [&](std::span<const Change>) { ++told; });
  store.fail_commit(1, base::fail(base::Kind::unavailable, "planned"));
  EXPECT_FALSE(write(store, [](Transaction& t) { return t.put("a", "1"); }).ok());
  EXPECT_EQ(store.begin(Mode::read).value()->get("a").value(), std::nullopt);
  EXPECT_EQ(told, 0);
  EXPECT_TRUE(write(store, [](Transaction& t) { return t.put("a", "1"); }).ok());
  EXPECT_EQ(told, 1);
}

TEST(Write, StartsAgainWhenItLostARaceAndGivesUpAfterSixteen) {
  MemoryStore store;
  int attempts = 0;
  auto status = write(store, [&](Transaction& t) -> base::Status {
    if (++attempts < 4) return base::fail(base::Kind::concurrent, "again");
    return t.put("a", "1");
  });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(attempts, 4);
  attempts = 0;
  status = write(store, [&](Transaction&) -> base::Status {
    ++attempts;
    return base::fail(base::Kind::concurrent, "again");
  });
  EXPECT_EQ(status.error().kind, base::Kind::concurrent);
  EXPECT_EQ(attempts, 16);
}

}  // namespace weir::store
