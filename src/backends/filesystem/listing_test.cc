#include <set>

#include "backends/filesystem/backend_fixture.h"
#include "backends/filesystem/prefix_walk.h"
#include "store/memory_store.h"

namespace weir::backends {
namespace {

// Counts what scans hand out.
class CountingTransaction final : public store::Transaction {
 public:
  explicit CountingTransaction(std::unique_ptr<store::Transaction> inner) : inner_(std::move(inner)) {}
  base::Result<std::optional<std::string>> get(std::string_view key) override { return inner_->get(key); }
  base::Result<std::vector<std::optional<std::string>>> get_many(std::span<const std::string> keys) override {
    return inner_->get_many(keys);
  }
  base::Result<std::vector<store::Entry>> scan(const store::Range& range, size_t limit, bool reverse) override {
    auto entries = inner_->scan(range, limit, reverse);
    if (entries.ok()) touched += entries->size();
    return entries;
  }
  base::Status put(std::string_view key, std::string_view value) override { return inner_->put(key, value); }
  base::Status erase(std::string_view key) override { return inner_->erase(key); }
  base::Status commit() override { return inner_->commit(); }
  size_t touched = 0;

 private:
  std::unique_ptr<store::Transaction> inner_;
};

void fill(store::Store& store, const std::set<std::string>& keys) {
  auto txn = std::move(store.begin(store::Mode::write)).value();
  for (auto& key : keys) ASSERT_TRUE(txn->put(object_key("b", key), "v").ok());
  ASSERT_TRUE(txn->commit().ok());
}

struct Names {
  std::vector<std::string> keys, prefixes;
  bool operator==(const Names&) const = default;
};

// The definition, without skipping.
Names expected(const std::set<std::string>& keys, const std::string& prefix, const std::string& delimiter) {
  Names names;
  for (auto& key : keys) {
    if (!key.starts_with(prefix)) continue;
    std::string common(common_prefix(key, prefix, delimiter));
    if (common.empty())
      names.keys.push_back(key);
    else if (names.prefixes.empty() || names.prefixes.back() != common)
      names.prefixes.push_back(common);
  }
  return names;
}

Names page_by_page(store::Store& store, const std::string& prefix, const std::string& delimiter, size_t page_size) {
  Names names;
  Walk walk{kind_prefix("object", "b"), prefix, delimiter, {}, page_size};
  for (bool more = true; more;) {
    auto txn = std::move(store.begin(store::Mode::read)).value();
    auto page = std::move(walk_prefixes(*txn, walk)).value();
    EXPECT_LE(page.rows.size() + page.prefixes.size(), page_size);
    for (auto& row : page.rows) names.keys.push_back(row.names[2]);
    for (auto& common : page.prefixes) names.prefixes.push_back(common);
    more = page.truncated;
    walk.first = first_after(walk, page.last);
  }
  return names;
}

}  // namespace

TEST(PrefixWalk, TenThousandKeysInAHundredPrefixesCostTheHundred) {
  store::MemoryStore store;
  std::set<std::string> keys;
  for (int i = 0; i < 10'000; ++i) keys.insert("t/p=" + std::to_string(100 + i % 100) + "/part-" + std::to_string(i));
  fill(store, keys);
  CountingTransaction txn(std::move(store.begin(store::Mode::read)).value());
  auto page = walk_prefixes(txn, {kind_prefix("object", "b"), "t/", "/", {}, 1000});
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->prefixes.size(), 100u);
  EXPECT_TRUE(page->rows.empty());
  EXPECT_LE(txn.touched, 300u);
}

TEST(PrefixWalk, AFlatPageTouchesOneMoreThanItAnswers) {
  store::MemoryStore store;
  std::set<std::string> keys;
  for (int i = 0; i < 5000; ++i) keys.insert(std::to_string(i));
  fill(store, keys);
  CountingTransaction txn(std::move(store.begin(store::Mode::read)).value());
  auto page = walk_prefixes(txn, {kind_prefix("object", "b"), "", "", {}, 1000});
  EXPECT_TRUE(page->truncated);
  EXPECT_EQ(txn.touched, 1001u);
}

TEST(PrefixWalk, EveryPageSizeAnswersTheSameAsTheDefinition) {
  store::MemoryStore store;
  std::set<std::string> keys = {"a",
                                "a/",
                                "a//",
                                "a//b",
                                "a/b",
                                "a/b/c",
                                "a/b/d",
                                "ab",
                                "a\xff",
                                "b/",
                                "b/\x01",
                                "c--d--e",
                                "c--f",
                                "\xf0\x9f\xa6\x86/x",
                                "\xf0\x9f\xa6\x86/y",
                                "z"};
  for (int i = 0; i < 40; ++i) keys.insert("deep/" + std::to_string(i % 7) + "/" + std::to_string(i));
  fill(store, keys);
  for (std::string prefix : {"", "a", "a/", "a//", "deep/", "deep/3", "nothing", "c"})
    for (std::string delimiter : {"", "/", "--", "b"})
      for (size_t size : {1, 2, 3, 7, 1000})
        EXPECT_EQ(page_by_page(store, prefix, delimiter, size), expected(keys, prefix, delimiter))
            << prefix << " | " << delimiter << " | " << size;
}

TEST(PrefixWalk, MaxZeroAnswersNothing) {
  store::MemoryStore store;
  fill(store, {"a"});
  auto txn = std::move(store.begin(store::Mode::read)).value();
  auto page = walk_prefixes(*txn, {kind_prefix("object", "b"), "", "", {}, 0});
  EXPECT_FALSE(page->truncated);
  EXPECT_TRUE(page->rows.empty());
}

TEST_F(FilesystemBackendTest, AMarkerInsideACommonPrefixShowsThePrefixAgainAMarkerThatIsOneSkipsIt) {
  for (auto key : {"a/1", "a/2", "b"}) ASSERT_TRUE(put(backend(), "lake", key, "x").ok());
  EXPECT_EQ(backend().list("lake", {.delimiter = "/", .after = "a/1"})->prefixes, std::vector<std::string>{"a/"});
  auto page = *backend().list("lake", {.delimiter = "/", .after = "a/"});
  EXPECT_TRUE(page.prefixes.empty());
  ASSERT_EQ(page.objects.size(), 1u);
  EXPECT_EQ(page.objects[0].key, "b");
  EXPECT_TRUE(backend().list("lake", {.prefix = "a/", .after = "z"})->objects.empty());
}

}  // namespace weir::backends
