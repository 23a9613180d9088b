#include "requests/policy_outcome.h"

#include <algorithm>

#include "requests/database_words.h"
#include "requests/selector_match.h"

namespace weir::requests {
namespace {

std::string name_of(const Rule& rule, size_t index) {
  return rule.name.empty() ? "rule " + std::to_string(index + 1) : "rule " + rule.name;
}

void limit_duration(PolicyOutcome& out, const std::optional<int64_t>& seconds) {
  if (seconds) out.duration_s_max = std::min(out.duration_s_max.value_or(*seconds), *seconds);
}

void add_globs(std::vector<std::string>& out, const std::vector<std::string>& globs) {
  for (const auto& glob : globs)
    if (std::find(out.begin(), out.end(), glob) == out.end()) out.push_back(glob);
}

void limit(PolicyOutcome& out, const Effects& then) {
  limit_duration(out, then.duration_s_max);
  add_globs(out.exclude_columns, then.exclude_columns);
  out.no_grant_option |= then.no_grant_option;
  out.purpose_required |= then.purpose_required;
  out.ticket_required |= then.ticket_required;
}

void deny(PolicyOutcome& out, std::string why) {
  out.verdict = to_string(Verdict::deny);
  out.steps.clear();
  out.because.push_back(std::move(why));
}

bool only_reads(const AskedItem& item) {
  return std::all_of(item.permissions.begin(), item.permissions.end(),
                     [](const auto& one) { return one == "SELECT" || one == "DESCRIBE"; });
}

// A decision in the making about one item.
class Decider {
 public:
  Decider(const ApprovalPolicy& policy, const AskedItem& item, const CatalogFacts& facts, const PolicyContext& context)
      : policy_(policy), item_(item), facts_(facts), context_(context), words_(facts, context.region) {}

  PolicyOutcome decide() {
    auto found = sensitivity_of(facts_, item_.columns, policy_.sensitive_tags);
    out_.sensitive = found.sensitive;
    out_.sensitive_because = std::move(found.because);
    if (item_.permissions.empty()) return deny(out_, "no permission is asked for"), std::move(out_);
    for (size_t i = 0; i < policy_.rules.size(); ++i) consider(policy_.rules[i], name_of(policy_.rules[i], i));
    limit_by_database();
    if (!denied_ && !decided_) decide_otherwise();
    return std::move(out_);
  }

 private:
  bool holds(const Rule& rule, Reach reach) const {
    return matches(rule.when, item_, facts_, context_.target, out_.sensitive, reach);
  }

  void consider(const Rule& rule, const std::string& name) {
    if (!holds(rule, Reach::some)) return;
    limit(out_, rule.then);
    if (rule.then.deny) return refuse(name + ": " + *rule.then.deny);
    if (denied_ || decided_) return;
    if (rule.then.auto_approve && holds(rule, Reach::all)) {
      approve(name);
    } else if (!rule.then.require.empty()) {
      ask(rule.then.require, name);
    }
    if (out_.machine_template.empty()) out_.machine_template = rule.then.machine_template;
  }

  void refuse(std::string why) {
    denied_ = true;
    deny(out_, std::move(why));
  }

  void approve(const std::string& why) {
    decided_ = true;
    out_.verdict = to_string(Verdict::auto_approve);
    out_.because.push_back(why);
  }

  void ask(const std::vector<ApprovalStep>& steps, const std::string& why) {
    decided_ = true;
    out_.verdict = to_string(Verdict::ask);
    out_.because.push_back(why);
    for (const auto& step : steps) {
      auto settled = words_.settle(step);
      if (!settled.ok()) return refuse(settled.error().says);
      out_.steps.push_back(std::move(*settled));
    }
  }

  void ask_owner(const std::string& why) {
    ApprovalStep step;
    step.name = std::string(kOwner);
    step.approvers = {std::string(kOwner)};
    ask({step}, why);
  }

  void limit_by_database() {
    auto longest = words_.longest_grant_s();
    if (!longest.ok()) return refuse(longest.error().says);
    limit_duration(out_, *longest);
  }

  void decide_otherwise() {
    switch (policy_.otherwise) {
      case Otherwise::deny: return refuse("no rule is about it");
      case Otherwise::ask_owner: return ask_owner("no rule is about it: the owner is asked");
      case Otherwise::by_sensitivity:
        if (out_.sensitive) return ask_owner("it is sensitive: the owner is asked");
        return only_reads(item_) ? approve("it is not sensitive")
                                 : ask_owner("it is more than reading: the owner is asked");
    }
  }

  const ApprovalPolicy& policy_;
  const AskedItem& item_;
  const CatalogFacts& facts_;
  const PolicyContext& context_;
  const DatabaseWords words_;
  PolicyOutcome out_;
  bool denied_ = false, decided_ = false;
};

int strictness(const PolicyOutcome& outcome) {
  if (outcome.is(Verdict::auto_approve)) return 0;
  return outcome.is(Verdict::ask) ? 1 : 2;
}

bool is_same_question(const ApprovalStep& a, const ApprovalStep& b) {
  return a.approvers == b.approvers && a.quorum == b.quorum;
}

// Steps of one name that ask others are told apart.
void add_step(std::vector<ApprovalStep>& steps, ApprovalStep step) {
  auto name = step.name;
  for (int number = 2;; ++number) {
    auto there = std::find_if(steps.begin(), steps.end(), [&](const auto& one) { return one.name == step.name; });
    if (there == steps.end()) return steps.push_back(std::move(step));
    if (is_same_question(*there, step)) return;
    step.name = name + " " + std::to_string(number);
  }
}

void merge(PolicyOutcome& into, PolicyOutcome& from) {
  if (strictness(from) > strictness(into)) into.verdict = from.verdict;
  for (auto& why : from.because)
    if (std::find(into.because.begin(), into.because.end(), why) == into.because.end()) into.because.push_back(why);
  for (auto& step : from.steps) add_step(into.steps, std::move(step));
  limit_duration(into, from.duration_s_max);
  add_globs(into.exclude_columns, from.exclude_columns);
  into.no_grant_option |= from.no_grant_option;
  into.purpose_required |= from.purpose_required;
  into.ticket_required |= from.ticket_required;
  into.sensitive |= from.sensitive;
  for (auto& why : from.sensitive_because) into.sensitive_because.push_back(std::move(why));
  if (into.machine_template.empty()) into.machine_template = from.machine_template;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::auto_approve: return "AUTO_APPROVE";
    case Verdict::ask: return "ASK";
    case Verdict::deny: return "DENY";
  }
  return "DENY";
}

PolicyOutcome decide_item(const ApprovalPolicy& policy, const AskedItem& item, const CatalogFacts& facts,
                          const PolicyContext& context) {
  return Decider(policy, item, facts, context).decide();
}

PolicyOutcome strictest(std::vector<PolicyOutcome> outcomes) {
  if (outcomes.empty()) return {};
  auto out = std::move(outcomes.front());
  for (size_t i = 1; i < outcomes.size(); ++i) merge(out, outcomes[i]);
  if (out.is(Verdict::deny)) out.steps.clear();
  return out;
}

bool is_stricter(const PolicyOutcome& now, const PolicyOutcome& before) {
  if (now.is(Verdict::deny)) return true;
  return !std::all_of(now.steps.begin(), now.steps.end(), [&](const auto& step) {
    return std::any_of(before.steps.begin(), before.steps.end(),
                       [&](const auto& one) { return one.approvers == step.approvers && one.quorum >= step.quorum; });
  });
}

ColumnChoice without_excluded(const ColumnChoice& asked, const TableFacts& table,
                              const std::vector<std::string>& globs) {
  std::vector<std::string> excluded;
  for (const auto& column : table.columns)
    if (asked.contains(column.name) && any_glob(globs, column.name)) excluded.push_back(column.name);
  auto out = asked;
  for (const auto& name : excluded) {
    if (out.only) {
      std::erase(out.names, name);
    } else {
      out.names.push_back(name);
    }
  }
  return out;
}

}  // namespace weir::requests
