#include "requests/database_words.h"

#include <algorithm>

#include "base/text.h"
#include "names/arn.h"

namespace weir::requests {
namespace {

constexpr int64_t kHour = 3600, kDay = 24 * kHour;
constexpr int64_t kHoursMax = 365LL * 24, kDaysMax = kDurationSecondsMax / kDay;

}  // namespace

base::Error DatabaseWords::unreadable(std::string_view key) const {
  return base::invalid("the parameter " + std::string(key) + " of database " + facts_.database + " cannot be read",
                       "database");
}

base::Result<std::vector<std::string>> DatabaseWords::list(std::string_view key) const {
  const auto* text = facts_.parameter(key);
  if (!text) return base::invalid("database " + facts_.database + " has no parameter " + std::string(key), "database");
  std::vector<std::string> out;
  for (auto piece : base::split(*text, ',')) {
    auto word = base::trim(piece);
    bool reads = word.starts_with("arn:") || word.starts_with("channel:") || word.find('@') != word.npos;
    if (!reads || out.size() == kApproversMax) return unreadable(key);
    out.emplace_back(word);
  }
  return out;
}

base::Result<std::vector<std::string>> DatabaseWords::owner() const {
  if (facts_.parameter("approvers")) return list("approvers");
  const auto* account = facts_.parameter("data_owner");
  if (!account) return base::invalid("database " + facts_.database + " names no data_owner", "database");
  if (!names::is_account_id(*account)) return unreadable("data_owner");
  return std::vector<std::string>{"arn:aws:sns:" + region_ + ":" + *account + ":" + std::string(kOwnersTopic)};
}

base::Result<std::vector<std::string>> DatabaseWords::people(const std::vector<std::string>& named) const {
  std::vector<std::string> out;
  for (const auto& one : named) {
    std::vector<std::string> who{one};
    if (one == kOwner) {
      WEIR_TRY(who, owner());
    } else if (one == kSteward) {
      WEIR_TRY(who, list("steward"));
    }
    for (auto& person : who)
      if (std::find(out.begin(), out.end(), person) == out.end()) out.push_back(std::move(person));
  }
  return out;
}

base::Result<std::optional<int64_t>> DatabaseWords::number(std::string_view key, int64_t max) const {
  const auto* text = facts_.parameter(key);
  if (!text) return std::optional<int64_t>();
  auto value = base::parse_int(base::trim(*text));
  if (!value.ok() || *value < 1 || *value > max) return unreadable(key);
  return std::optional<int64_t>(*value);
}

base::Result<ApprovalStep> DatabaseWords::settle(ApprovalStep step) const {
  WEIR_TRY(step.approvers, people(step.approvers));
  WEIR_TRY(step.escalate_to, people(step.escalate_to));
  WEIR_TRY(auto quorum, number("approval_quorum", static_cast<int64_t>(kApproversMax)));
  WEIR_TRY(auto hours, number("approval_timeout_hours", kHoursMax));
  if (step.quorum == 0) step.quorum = quorum.value_or(1);
  if (step.timeout_s == 0) step.timeout_s = hours ? *hours * kHour : kStepSecondsDefault;
  return step;
}

base::Result<std::optional<int64_t>> DatabaseWords::longest_grant_s() const {
  WEIR_TRY(auto days, number("max_grant_days", kDaysMax));
  if (!days) return days;
  return std::optional<int64_t>(*days * kDay);
}

}  // namespace weir::requests
