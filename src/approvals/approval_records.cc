#include "approvals/approval_records.h"

namespace weir::approvals {
namespace {

constexpr size_t kLinksAtOnce = 256;
constexpr size_t kDecisionsMax = 1000;

// Who signs in finds there what waits; nothing for topics and channels.
std::string open_list_of(const Approval& approval, const std::string& approver) {
  if (is_principal(approver)) return keys::open_for(approver);
  bool is_address = !approver.starts_with("arn:") && channel_named(approver).empty();
  return is_address ? keys::open_for_address(approval.account, approver) : std::string();
}

base::Error none() { return base::not_found("There is no such approval.", "approval"); }

}  // namespace

std::string channel_named(std::string_view approver) {
  constexpr std::string_view kPrefix = "channel:";
  return approver.starts_with(kPrefix) ? std::string(approver.substr(kPrefix.size())) : std::string();
}

bool is_principal(std::string_view approver) {
  return approver.starts_with("arn:") && approver.find(":iam:") != std::string_view::npos;
}

base::Result<std::optional<Approval>> ApprovalRecords::find(std::string_view id) {
  return store::load<Approval>(tx_, keys::item(id));
}

base::Result<Approval> ApprovalRecords::get(std::string_view id) {
  WEIR_TRY(auto found, find(id));
  if (!found) return none();
  return std::move(*found);
}

base::Result<std::optional<Approval>> ApprovalRecords::find_by_index(const std::string& key) {
  WEIR_TRY(auto id, tx_.get(key));
  if (!id) return std::optional<Approval>();
  return find(*id);
}

base::Result<std::optional<Approval>> ApprovalRecords::find_by_key(std::string_view account, std::string_view key) {
  return find_by_index(keys::key(account, key));
}

base::Result<std::optional<Approval>> ApprovalRecords::find_by_task(const Waiting& waiting) {
  return find_by_index(keys::task(waiting));
}

base::Status ApprovalRecords::put_index(const std::string& key, const Approval& approval, bool present) {
  return present ? tx_.put(key, approval.id) : tx_.erase(key);
}

// What changes as long as it is open.
base::Status ApprovalRecords::index_open(const Approval& approval, bool present) {
  WEIR_CHECK_OK(put_index(keys::timed(keys::in_state(approval.account, approval.state), approval), approval, present));
  if (!approval.is_open()) return {};
  for (const auto& approver : approval.approvers) {
    auto list = open_list_of(approval, approver);
    if (!list.empty()) WEIR_CHECK_OK(put_index(keys::timed(list, approval), approval, present));
  }
  return put_index(keys::task(approval.waiting), approval, present);
}

base::Status ApprovalRecords::index(const Approval& approval, bool present) {
  WEIR_CHECK_OK(index_open(approval, present));
  WEIR_CHECK_OK(put_index(keys::timed(keys::of(approval.account), approval), approval, present));
  WEIR_CHECK_OK(put_index(keys::key(approval.account, approval.key), approval, present));
  if (approval.request_id.empty()) return {};
  return put_index(keys::timed(keys::of_request(approval.account, approval.request_id), approval), approval, present);
}

base::Status ApprovalRecords::add(const Approval& approval) {
  WEIR_TRY(auto taken, find_by_key(approval.account, approval.key));
  if (taken && taken->is_open()) return base::already_exists("There is an approval of that key.", "approval");
  WEIR_CHECK_OK(index(approval, true));
  return store::save(tx_, keys::item(approval.id), approval);
}

base::Status ApprovalRecords::change(const Approval& before, const Approval& after) {
  CHECK_TRUE(before.is_open(), "what ended does not change");
  WEIR_CHECK_OK(index_open(before, false));
  WEIR_CHECK_OK(index_open(after, true));
  if (!after.is_open()) WEIR_CHECK_OK(erase_links(after.id));
  return store::save(tx_, keys::item(after.id), after);
}

base::Result<std::vector<Decision>> ApprovalRecords::decisions(const Approval& approval) {
  WEIR_TRY(auto entries, tx_.scan(store::prefix_range(keys::decisions(approval.id)), kDecisionsMax));
  std::vector<Decision> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto decision, base::decode_record<Decision>(entry.value));
    out.push_back(std::move(decision));
  }
  return out;
}

base::Status ApprovalRecords::add_decision(const Approval& approval, const Decision& decision) {
  if (approval.decisions >= static_cast<int64_t>(kDecisionsMax))
    return base::fail(base::Kind::limit_exceeded, "Too many decisions of one approval.", "approval");
  return store::save(tx_, keys::decision(approval.id, approval.decisions), decision);
}

base::Status ApprovalRecords::hold_link(const std::string& hash, const HeldLink& link) {
  WEIR_CHECK_OK(tx_.put(keys::link_of(link.approval, hash), hash));
  return store::save(tx_, keys::link(hash), link);
}

base::Result<std::optional<HeldLink>> ApprovalRecords::find_link(std::string_view hash) {
  return store::load<HeldLink>(tx_, keys::link(hash));
}

base::Status ApprovalRecords::use_link(const std::string& hash, HeldLink link) {
  link.used = true;
  return store::save(tx_, keys::link(hash), link);
}

base::Status ApprovalRecords::erase_links(const std::string& id) {
  for (;;) {
    WEIR_TRY(auto entries, tx_.scan(store::prefix_range(keys::links_of(id)), kLinksAtOnce));
    for (const auto& entry : entries) {
      WEIR_CHECK_OK(tx_.erase(keys::link(entry.value)));
      WEIR_CHECK_OK(tx_.erase(entry.key));
    }
    if (entries.size() < kLinksAtOnce) return {};
  }
}

base::Result<ApprovalPage> ApprovalRecords::list(const std::string& prefix, const std::string& from, size_t limit) {
  auto range = store::prefix_range(prefix);
  if (from.starts_with(prefix)) range.first = from;
  WEIR_TRY(auto entries, tx_.scan(range, limit + 1));
  ApprovalPage page;
  if (entries.size() > limit) {
    page.next = entries.back().key;
    entries.pop_back();
  }
  std::vector<std::string> items;
  for (const auto& entry : entries) items.push_back(keys::item(entry.value));
  WEIR_TRY(auto texts, tx_.get_many(items));
  for (const auto& text : texts) {
    if (!text) return base::internal("an approval in a list and nowhere else");
    WEIR_TRY(auto approval, base::decode_record<Approval>(*text));
    page.items.push_back(std::move(approval));
  }
  return page;
}

}  // namespace weir::approvals
