// One API call of one caller: who asks, from where, and the only two ways to be allowed.
//
// authorize() decides and records in one step: there is no way to do one without the other. What is decided across
// accounts is recorded in both, each its half (owners_half.h). A use case
// resolves names first, then authorises once with everything it needs, then changes, then answers.
//
// Threads: a Call belongs to one request, one thread at a time. The State is pinned for its whole life.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/lake.h"
#include "app/trail/owners_half.h"
#include "base/json.h"
#include "identity/principal.h"
#include "permissions/decide.h"
#include "policy/evaluate.h"

namespace weir::app {

// What is known of the request besides who sent it.
struct Facts {
  std::string service;    // "glue"
  std::string operation;  // "GetTable"
  std::string request_id;
  std::string access_key_id;
  std::string source_ip;
  std::string user_agent;
  std::string referer;
  std::string host;
  bool tls = false;
  base::Instant now{};
};

// The IAM question.
struct Ask {
  std::string action;          // "glue:GetTable"
  std::string resource = "*";  // an ARN
  std::string owner = {};      // the account that owns the resource; empty: the caller's
  policy::Context extra = {};  // condition keys of this action (aws:RequestTag/..., s3:prefix)
  const policy::NamedPolicy* resource_policy = nullptr;
};

// A gate of a use case's own that stayed shut: its name for the explanation, and the error for the caller.
struct Refusal {
  std::string gate;
  base::Error error;
};
// Gates beside the two that every call has. Each answers nothing when it opens.
struct ExtraGates {
  std::function<std::optional<Refusal>()> between = {};  // after IAM, before Lake Formation
  std::function<std::optional<Refusal>(const permissions::Decision& decision)> last = {};  // after both
};

class Call {
 public:
  Call(Lake& lake, std::shared_ptr<const State> state, identity::PrincipalPtr caller, Facts facts);

  Lake& lake() const { return lake_; }
  const State& state() const { return *state_; }
  const std::shared_ptr<const State>& pinned() const { return state_; }  // the same, to pin it elsewhere
  const identity::Principal& caller() const { return *caller_; }
  // The caller as Lake Formation knows it: the ARN grants are made to, then the groups it is in; and its tags. In a
  // session of AssumeDecoratedRoleWithSAML that is the SAML user and its groups, and not the role. `owner`: whose
  // catalog it asks about; of another account, with what that shares with the caller.
  permissions::Caller lake_caller(std::string_view owner) const;
  const Facts& facts() const { return facts_; }
  base::Instant now() const { return facts_.now; }
  // A catalog id as requests carry it: absent means the caller's account.
  std::string catalog_or_own(const std::optional<std::string>& catalog_id) const;

  // Shown in the audit event's requestParameters. Never pass a secret.
  void about(std::string name, base::Json value) { parameters_.set(std::move(name), std::move(value)); }

  // Shown in the audit event's responseElements when the call is allowed. Never pass a secret.
  void gave(std::string name, base::Json value) { response_elements_.set(std::move(name), std::move(value)); }

  // True things about what was done that its maker wants to know, beside the answer.
  void notice(std::string text) { notices_.push_back(std::move(text)); }
  const std::vector<std::string>& notices() const { return notices_; }

  // The IAM gate alone.
  base::Status authorize(const Ask& ask);
  // For questions that the identity floor puts itself (a role's trust policy): records its answer.
  base::Status authorize(const Ask& ask, const policy::Decision& decision);
  // For what every authenticated caller may do: recorded all the same.
  base::Status record(const Ask& ask) { return record_allowed(ask); }
  // Both gates: IAM, then Lake Formation. The decision's view is what the caller may see.
  base::Result<permissions::Decision> authorize(const Ask& ask, const permissions::Question& question);
  // The same with gates of the use case's own. One event is recorded, when the last gate has answered.
  base::Result<permissions::Decision> authorize(const Ask& ask, const permissions::Question& question,
                                                const ExtraGates& gates);
  // IAM and one gate of the use case's own, for questions that are not about a table's contents (may she grant?).
  base::Status authorize(const Ask& ask, const std::function<std::optional<Refusal>()>& gate);
  // The Lake Formation gate for further items of a call whose Ask was allowed (batches).
  base::Result<permissions::Decision> authorize_item(const Ask& ask, const permissions::Question& question);
  // From here on the event is lakeformation:GetDataAccess, the virtual call that CloudTrail shows for vended
  // credentials (lakeformation.md 5.8), whether they are issued or refused.
  void record_as_data_access();

  // The condition keys every action has: of the caller, of the request, then the Ask's own.
  policy::Context context(const Ask& ask) const;
  // The IAM answer without a record: for explain, and for asking on behalf of a service.
  policy::Decision evaluate(const Ask& ask) const;

 private:
  void describe(const Ask& ask, policy::Context& context) const;
  // The account that is told beside the caller's own; empty when no other is.
  const std::string& owner_beside(const Ask& ask) const;
  audit::Event event(const Ask& ask);
  base::Status record_event(const Ask& ask, audit::Event event, std::optional<audit::Event> owners = {});
  base::Status record_allowed(const Ask& ask);
  // Where data is opened, the event says on which grounds.
  base::Status record_allowed(const Ask& ask, const permissions::Decision& decision);
  // `owners` is asked for only when there is another account to be told.
  base::Error record_denied(const Ask& ask, Grounds grounds, const std::function<Grounds()>& owners);
  base::Error iam_denied(const Ask& ask, const policy::Decision& decision);
  base::Error gate_denied(const Ask& ask, Refusal refusal);
  base::Error lake_denied(const Ask& ask, const permissions::Decision& decision);

  Lake& lake_;
  std::shared_ptr<const State> state_;
  identity::PrincipalPtr caller_;
  Facts facts_;
  base::Json parameters_, response_elements_;
  std::vector<std::string> notices_;
  bool data_access_ = false;
};

}  // namespace weir::app
