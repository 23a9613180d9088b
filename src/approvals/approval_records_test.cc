#include "approvals/approval_records.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "store/memory_store.h"

namespace weir::approvals {
namespace {

constexpr const char* kAnna = "arn:aws:iam::111122223333:user/anna";

class Records : public testing::Test {
 protected:
  void write(const std::function<base::Status(ApprovalRecords&)>& body) {
    auto status = store::write(store, [&](store::Transaction& tx) {
      ApprovalRecords records(tx);
      return body(records);
    });
    if (!status.ok()) throw std::runtime_error(status.error().says + status.error().log);
  }
  static Approval make(int number) {
    Approval approval;
    approval.id = "id" + std::to_string(number);
    approval.account = "111122223333";
    approval.key = "key" + std::to_string(number);
    approval.approvers = {kAnna, "anna@example.org"};
    approval.waiting = {"arn:execution" + std::to_string(number), 1};
    approval.opened_at = base::from_epoch_seconds(1e9 + number);
    return approval;
  }
  std::unique_ptr<store::Transaction> read() { return store.begin(store::Mode::read).value(); }

  store::MemoryStore store;
};

TEST_F(Records, AKeyNamesOneApprovalOfAnAccount) {
  write([](auto& records) { return records.add(make(1)); });
  auto tx = read();
  EXPECT_EQ(ApprovalRecords(*tx).find_by_key("111122223333", "key1").value()->id, "id1");
  EXPECT_FALSE(ApprovalRecords(*tx).find_by_key("999988887777", "key1").value());
  auto again = store::write(store, [](store::Transaction& own) { return ApprovalRecords(own).add(make(1)); });
  EXPECT_EQ(again.error().kind, base::Kind::already_exists);
}

TEST_F(Records, WhatEndedWaitsForNobodyAndHasNoLinks) {
  auto before = make(1), after = before;
  after.state = ApprovalState::denied;
  write([&](auto& records) { return records.add(before); });
  write([](auto& records) { return records.hold_link("hash", {"id1", "anna@example.org"}); });
  write([&](auto& records) { return records.change(before, after); });
  auto tx = read();
  ApprovalRecords records(*tx);
  EXPECT_TRUE(records.list(keys::open_for(kAnna), {}, 10).value().items.empty());
  EXPECT_TRUE(records.list(keys::in_state("111122223333", ApprovalState::open), {}, 10).value().items.empty());
  EXPECT_EQ(records.list(keys::in_state("111122223333", ApprovalState::denied), {}, 10).value().items.size(), 1U);
  EXPECT_EQ(records.list(keys::of("111122223333"), {}, 10).value().items.size(), 1U);
  EXPECT_FALSE(records.find_by_task(before.waiting).value());
  EXPECT_FALSE(records.find_link("hash").value());
}

TEST_F(Records, TenThousandThatWaitAreListedPageByPageTheNewestFirst) {
  constexpr int kMany = 10'000, kPage = 100;
  write([](auto& records) -> base::Status {
    for (int i = 0; i < kMany; ++i) WEIR_CHECK_OK(records.add(make(i)));
    return {};
  });
  auto tx = read();
  std::string from;
  int next = kMany;
  do {
    auto page = ApprovalRecords(*tx).list(keys::open_for(kAnna), from, kPage).value();
    ASSERT_EQ(page.items.size(), static_cast<size_t>(kPage));
    for (const auto& approval : page.items) ASSERT_EQ(approval.id, "id" + std::to_string(--next));
    from = page.next;
  } while (!from.empty());
  EXPECT_EQ(next, 0);
}

TEST_F(Records, EverythingOfAnApprovalAndADecisionReadsBack) {
  auto approval = make(7);
  approval.asked.columns = {"a", "b"};
  approval.asked.duration_s = 5;
  approval.facts = {{"Database", "sales"}};
  Decision decision;
  decision.by = kAnna;
  decision.person = {kAnna, "anna@example.org"};
  decision.verdict = Verdict::request_changes;
  decision.channel = Channel::ticket;
  write([&](auto& records) { return records.add(approval); });
  write([&](auto& records) { return records.add_decision(approval, decision); });
  auto tx = read();
  auto found = ApprovalRecords(*tx).get("id7").value();
  EXPECT_EQ(base::encode_record(found), base::encode_record(approval));
  EXPECT_EQ(base::encode_record(ApprovalRecords(*tx).decisions(found).value().at(0)), base::encode_record(decision));
  EXPECT_EQ(ApprovalRecords(*tx).get("nobody's").error().kind, base::Kind::not_found);
}

}  // namespace
}  // namespace weir::approvals
