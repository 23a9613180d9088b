// What every Store adapter must do, as a suite of type-parameterised tests:
//
//   struct MyAdapter { std::unique_ptr<Store> open(); };   // the same data at every open()
//   INSTANTIATE_TYPED_TEST_SUITE_P(Mine, StoreContract, MyAdapter);
//
// Names are the rules they prove. Tests only.
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

#include "store/key.h"
#include "store/store.h"

namespace weir::store {

template <class Adapter>
class StoreContract : public ::testing::Test {
 public:
  using Values = std::map<std::string, std::string>;

  void put(const std::string& key, const std::string& value) {
    auto status = write(*store_, [&](Transaction& t) { return t.put(key, value); });
    ASSERT_TRUE(status.ok()) << status.error().log;
  }
  void put_all(const Values& values) {
    auto status = write(*store_, [&](Transaction& t) -> base::Status {
      for (auto& [key, value] : values) WEIR_CHECK_OK(t.put(key, value));
      return {};
    });
    ASSERT_TRUE(status.ok()) << status.error().log;
  }
  std::unique_ptr<Transaction> begin(Mode mode) { return std::move(store_->begin(mode)).value(); }
  std::optional<std::string> get(const std::string& key) { return begin(Mode::read)->get(key).value(); }
  static std::vector<std::string> keys(Transaction& t, Range range, size_t limit = 1000, bool reverse = false) {
    std::vector<std::string> out;
    auto found = t.scan(range, limit, reverse);
    for (auto& entry : found.value()) out.push_back(entry.key);
    return out;
  }
  std::vector<std::string> keys(Range range, size_t limit = 1000, bool reverse = false) {
    return keys(*begin(Mode::read), range, limit, reverse);
  }
  static std::string told(std::span<const Change> changes) {
    std::string out;
    for (auto& change : changes) out += change.key + "=" + change.value.value_or("-") + ";";
    return out;
  }

  Adapter adapter_;
  std::unique_ptr<Store> store_ = adapter_.open();
};

TYPED_TEST_SUITE_P(StoreContract);

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TYPED_TEST_P(StoreContract, GetsWhatWasPutAndForgetsWhatWasErased) {
  this->put("a", "1");
  EXPECT_EQ(this->get("a"), "1");
  EXPECT_EQ(this->get("b"), std::nullopt);
  this->put("a", "2");
  EXPECT_EQ(this->get("a"), "2");
  ASSERT_TRUE(write(*this->store_, [](Transaction& t) { return t.erase("a"); }).ok());
  EXPECT_EQ(this->get("a"), std::nullopt);
  EXPECT_TRUE(write(*this->store_, [](Transaction& t) { return t.erase("a"); }).ok()) << "erasing nothing is fine";
}

TYPED_TEST_P(StoreContract, GetManyAnswersInTheOrderAsked) {
  this->put_all({{"a", "1"}, {"b", "2"}});
  std::vector<std::string> asked{"b", "none", "a", "b"};
  EXPECT_THAT(this->begin(Mode::read)->get_many(asked).value(),
              ElementsAre(std::optional<std::string>("2"), std::nullopt, std::optional<std::string>("1"),
                          std::optional<std::string>("2")));
}

TYPED_TEST_P(StoreContract, RangesAreHalfOpenAndTheEmptyEndIsTheEnd) {
  this->put_all({{"a", "1"}, {"b", "2"}, {"c", "3"}, {"\xff\xff", "4"}});
  EXPECT_THAT(this->keys({"a", "c"}), ElementsAre("a", "b"));
  EXPECT_THAT(this->keys({"b", ""}), ElementsAre("b", "c", "\xff\xff"));
  EXPECT_THAT(this->keys({"", ""}), ElementsAre("a", "b", "c", "\xff\xff"));
  EXPECT_THAT(this->keys({"aa", "b"}), IsEmpty());
  EXPECT_THAT(this->keys({"b", "b"}), IsEmpty());
  EXPECT_THAT(this->keys({"c", "a"}), IsEmpty()) << "backwards ranges hold nothing";
  EXPECT_THAT(this->keys(prefix_range("\xff")), ElementsAre("\xff\xff"));
}

TYPED_TEST_P(StoreContract, LimitsCountFromTheAskedEnd) {
  this->put_all({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  EXPECT_THAT(this->keys({"", ""}, 2), ElementsAre("a", "b"));
  EXPECT_THAT(this->keys({"", ""}, 2, true), ElementsAre("c", "b"));
  EXPECT_THAT(this->keys({"", "c"}, 9, true), ElementsAre("b", "a"));
  EXPECT_THAT(this->keys({"", ""}, 0), IsEmpty());
  EXPECT_EQ(this->keys({"", ""}, static_cast<size_t>(-1)).size(), 3U);
}

TYPED_TEST_P(StoreContract, KeysCompareAsUnsignedBytes) {
  using std::string_literals::operator""s;
  this->put_all({{"\0"s, "n"}, {"\0\xff"s, "m"}, {"\x7f"s, "d"}, {"\x80"s, "h"}, {"", "e"}});
  EXPECT_THAT(this->keys({"", ""}), ElementsAre("", "\0"s, "\0\xff"s, "\x7f"s, "\x80"s));
}

TYPED_TEST_P(StoreContract, ValuesAreAnyBytesOfAnySize) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  std::string big(1 << 20, 'x');
  big[12345] = '\0';
  this->put_all({{"all", all}, {"big", big}, {"empty", ""}});
  EXPECT_EQ(this->get("all"), all);
  EXPECT_TRUE(this->get("big") == big);
  EXPECT_EQ(this->get("empty"), "") << "present and empty, not absent";
  EXPECT_EQ(this->keys({"", ""}).size(), 3U);
}

TYPED_TEST_P(StoreContract, AWriteTransactionSeesItsOwnWrites) {
  this->put_all({{"a", "old"}, {"b", "old"}, {"d", "old"}});
  auto t = this->begin(Mode::write);
  ASSERT_TRUE(t->put("a", "new").ok());
  ASSERT_TRUE(t->erase("b").ok());
  ASSERT_TRUE(t->put("c", "new").ok());
  EXPECT_EQ(t->get("a").value(), "new");
  EXPECT_EQ(t->get("b").value(), std::nullopt);
  EXPECT_THAT(this->keys(*t, {"", ""}), ElementsAre("a", "c", "d"));
  EXPECT_THAT(this->keys(*t, {"", ""}, 2, true), ElementsAre("d", "c"));
  EXPECT_EQ(this->get("a"), "old") << "and nobody else does before commit";
  ASSERT_TRUE(t->commit().ok());
  EXPECT_THAT(this->keys({"", ""}), ElementsAre("a", "c", "d"));
}

TYPED_TEST_P(StoreContract, WithoutCommitNothingHappened) {
  this->put("a", "1");
  {
    auto t = this->begin(Mode::write);
    ASSERT_TRUE(t->put("a", "2").ok());
    ASSERT_TRUE(t->put("b", "2").ok());
  }
  EXPECT_EQ(this->get("a"), "1");
  EXPECT_EQ(this->get("b"), std::nullopt);
  auto failed = write(*this->store_, [](Transaction& t) -> base::Status {
    WEIR_CHECK_OK(t.put("c", "1"));
    return base::invalid("no");
  });
  EXPECT_EQ(failed.error().kind, base::Kind::invalid);
  EXPECT_EQ(this->get("c"), std::nullopt);
}

TYPED_TEST_P(StoreContract, AReadTransactionSeesOneMoment) {
  this->put_all({{"a", "1"}, {"b", "1"}});
  auto reader = this->begin(Mode::read);
  this->put_all({{"a", "2"}, {"b", "2"}, {"c", "2"}});
  ASSERT_TRUE(write(*this->store_, [](Transaction& t) { return t.erase("b"); }).ok());
  EXPECT_EQ(reader->get("a").value(), "1") << "the moment is that of begin()";
  EXPECT_THAT(this->keys(*reader, {"", ""}), ElementsAre("a", "b"));
  reader.reset();
  EXPECT_THAT(this->keys({"", ""}), ElementsAre("a", "c"));
}

TYPED_TEST_P(StoreContract, AReadTransactionCannotWriteAndAnOverOneDoesNothing) {
  auto reader = this->begin(Mode::read);
  EXPECT_FALSE(reader->put("a", "1").ok());
  EXPECT_FALSE(reader->erase("a").ok());
  EXPECT_TRUE(reader->commit().ok());
  EXPECT_FALSE(reader->get("a").ok());
  auto writer = this->begin(Mode::write);
  ASSERT_TRUE(writer->put("a", "1").ok());
  ASSERT_TRUE(writer->commit().ok());
  EXPECT_FALSE(writer->put("a", "2").ok());
  EXPECT_FALSE(writer->scan({"", ""}, 1).ok());
  EXPECT_FALSE(writer->commit().ok());
  EXPECT_EQ(this->get("a"), "1");
}

TYPED_TEST_P(StoreContract, CommittedDataIsThereAtTheNextOpen) {
  this->put("a", "1");
  this->store_.reset();
  this->store_ = this->adapter_.open();
  EXPECT_EQ(this->get("a"), "1");
}

// Each increment reads and writes; a lost update would show in the sum.
TYPED_TEST_P(StoreContract, ConcurrentIncrementsAreAllCounted) {
  constexpr int kThreads = 4, kEach = 50;
  this->put("n", "0");
  std::atomic<int> refused = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < kEach; ++k) {
        auto status = write(*this->store_, [](Transaction& t) -> base::Status {
          WEIR_TRY(auto value, t.get("n"));
          return t.put("n", std::to_string(std::stoi(*value) + 1));
        });
        if (!status.ok()) ++refused;
      }
    });
  threads.clear();
  EXPECT_EQ(std::stoi(*this->get("n")) + refused, kThreads * kEach);
  EXPECT_LT(refused, kEach);
}

// Write skew: each of two writers reads both keys and writes one. Serially at most one may go ahead.
TYPED_TEST_P(StoreContract, TwoWhoEachReadTheOthersKeyDoNotBothWin) {
  for (int round = 0; round < 20; ++round) {
    this->put_all({{"x", "on"}, {"y", "on"}});
    auto leave = [&](const std::string& mine, const std::string& other) {
      (void)write(*this->store_, [&](Transaction& t) -> base::Status {
        WEIR_TRY(auto state, t.get(other));
        return *state == "on" ? t.put(mine, "off") : base::Status();
      });
    };
    {
      std::jthread a([&] { leave("x", "y"); });
      std::jthread b([&] { leave("y", "x"); });
    }
    EXPECT_FALSE(this->get("x") == "off" && this->get("y") == "off");
  }
}

// Phantoms: "insert when the range is empty" must happen once.
TYPED_TEST_P(StoreContract, ARangeSeenEmptyIsStillEmptyAtCommit) {
  for (int round = 0; round < 20; ++round) {
    auto prefix = key("round", std::to_string(round));
    auto insert = [&](const std::string& name) {
      (void)write(*this->store_, [&](Transaction& t) -> base::Status {
        WEIR_TRY(auto there, t.scan(prefix_range(prefix), 1));
        return there.empty() ? t.put(prefix + name, "1") : base::Status();
      });
    };
    {
      std::jthread a([&] { insert("a"); });
      std::jthread b([&] { insert("b"); });
    }
    EXPECT_EQ(this->keys(prefix_range(prefix)).size(), 1U);
  }
}

TYPED_TEST_P(StoreContract, WatchersHearTheirPrefixBeforeCommitReturns) {
  std::string heard;
  this->store_->watch("a/", [&](std::span<const Change> changes) { heard += this->told(changes) + "|"; });
  this->put_all({{"a/1", "x"}, {"a/2", "y"}, {"b/1", "z"}});
  EXPECT_EQ(heard, "a/1=x;a/2=y;|");
  this->put("b/2", "z");
  EXPECT_EQ(heard, "a/1=x;a/2=y;|") << "nothing of ours, no call";
  ASSERT_TRUE(write(*this->store_, [](Transaction& t) { return t.erase("a/1"); }).ok());
  EXPECT_EQ(heard, "a/1=x;a/2=y;|a/1=-;|");
  {
    auto abandoned = this->begin(Mode::write);
    ASSERT_TRUE(abandoned->put("a/3", "x").ok());
  }
  EXPECT_EQ(heard, "a/1=x;a/2=y;|a/1=-;|") << "what was not committed is not told";
}

TYPED_TEST_P(StoreContract, WatchersSeeTheCommitAndMayNotWrite) {
  bool saw = false, write_refused = false;
  this->store_->watch("", [&](std::span<const Change>) {
    saw = this->get("a") == "1";
    write_refused = !this->store_->begin(Mode::write).ok();
  });
  this->put("a", "1");
  EXPECT_TRUE(saw);
  EXPECT_TRUE(write_refused);
}

TYPED_TEST_P(StoreContract, WatchersHearInCommitOrder) {
  std::vector<int> heard;
  this->store_->watch("n", [&](std::span<const Change> changes) { heard.push_back(std::stoi(*changes[0].value)); });
  this->put("n", "0");
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int k = 0; k < 25; ++k)
          (void)write(*this->store_, [](Transaction& t) -> base::Status {
            WEIR_TRY(auto value, t.get("n"));
            return t.put("n", std::to_string(std::stoi(*value) + 1));
          });
      });
  }
  EXPECT_EQ(heard.size(), static_cast<size_t>(heard.back()) + 1);
  EXPECT_TRUE(std::is_sorted(heard.begin(), heard.end()));
}

// A model in a std::map against the store, operation by operation.
TYPED_TEST_P(StoreContract, ARandomWalkMatchesAnOrderedMap) {
  std::mt19937 random(7);
  typename TestFixture::Values model;
  auto any_key = [&] { return std::string(random() % 3 + 1, static_cast<char>('a' + random() % 4)); };
  for (int round = 0; round < 60; ++round) {
    auto before = model;
    auto t = this->begin(Mode::write);
    for (int i = 0; i < 8; ++i) {
      auto name = any_key();
      if (random() % 3) {
        model[name] = std::to_string(random());
        ASSERT_TRUE(t->put(name, model[name]).ok());
      } else {
        model.erase(name);
        ASSERT_TRUE(t->erase(name).ok());
      }
      Range range{any_key(), random() % 4 ? any_key() : ""};
      std::vector<std::string> expected;
      for (auto& [key, value] : model)
        if (key >= range.first && (range.last.empty() || key < range.last)) expected.push_back(key);
      bool reverse = random() % 2;
      if (reverse) std::reverse(expected.begin(), expected.end());
      size_t limit = random() % 6;
      expected.resize(std::min(limit, expected.size()));
      ASSERT_EQ(this->keys(*t, range, limit, reverse), expected);
    }
    if (random() % 3) {
      ASSERT_TRUE(t->commit().ok());
    } else {
      t.reset();
      model = before;
    }
    typename TestFixture::Values now;
    auto all = this->begin(Mode::read)->scan({"", ""}, 1000);
    for (auto& [key, value] : all.value()) now[key] = value;
    ASSERT_EQ(now, model);
  }
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, GetsWhatWasPutAndForgetsWhatWasErased, GetManyAnswersInTheOrderAsked,
                            RangesAreHalfOpenAndTheEmptyEndIsTheEnd, LimitsCountFromTheAskedEnd,
                            KeysCompareAsUnsignedBytes, ValuesAreAnyBytesOfAnySize, AWriteTransactionSeesItsOwnWrites,
                            WithoutCommitNothingHappened, AReadTransactionSeesOneMoment,
                            AReadTransactionCannotWriteAndAnOverOneDoesNothing, CommittedDataIsThereAtTheNextOpen,
                            ConcurrentIncrementsAreAllCounted, TwoWhoEachReadTheOthersKeyDoNotBothWin,
                            ARangeSeenEmptyIsStillEmptyAtCommit, WatchersHearTheirPrefixBeforeCommitReturns,
                            WatchersSeeTheCommitAndMayNotWrite, WatchersHearInCommitOrder,
                            ARandomWalkMatchesAnOrderedMap);

}  // namespace weir::store
