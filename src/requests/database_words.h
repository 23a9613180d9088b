// What the parameters of a database say about approvals of its data:
//
//   data_owner              an account: its topic DataLakeSharingApproval is the owner, as in the sample
//   approvers               who is the owner instead: addresses, ARNs or channel:NAME, separated by commas
//   steward                 who is the steward: the same
//   approval_quorum         how many must agree, where a step does not say
//   approval_timeout_hours  how long they have, where a step does not say
//   max_grant_days          how long a grant may last
//
// Errors: invalid about "database" for a word that is missing or cannot be read. Whoever asks must deny then.
//
// Threads: pure; the facts must live longer.
#pragma once
#include <optional>

#include "requests/approval_policy.h"

namespace weir::requests {

inline constexpr std::string_view kOwnersTopic = "DataLakeSharingApproval";

class DatabaseWords {
 public:
  DatabaseWords(const CatalogFacts& facts, std::string region) : facts_(facts), region_(std::move(region)) {}

  // The step with its approvers, its quorum and its time.
  base::Result<ApprovalStep> settle(ApprovalStep step) const;
  base::Result<std::optional<int64_t>> longest_grant_s() const;

 private:
  base::Result<std::vector<std::string>> people(const std::vector<std::string>& named) const;
  base::Result<std::vector<std::string>> owner() const;
  base::Result<std::vector<std::string>> list(std::string_view key) const;
  // Nothing when the parameter is not there.
  base::Result<std::optional<int64_t>> number(std::string_view key, int64_t max) const;
  base::Error unreadable(std::string_view key) const;

  const CatalogFacts& facts_;
  std::string region_;
};

}  // namespace weir::requests
