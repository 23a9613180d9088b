// One API call of one caller: who asks, from where, and the only two ways to be allowed.
//
// authorize() decides and records in one step: there is no way to do one without the other. A use case
// resolves names first, then authorises once with everything it needs, then changes, then answers.
//
// Threads: a Call belongs to one request, one thread at a time. The State is pinned for its whole life.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "app/lake.h"
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

class Call {
 public:
  Call(Lake& lake, std::shared_ptr<const State> state, identity::Principal caller, Facts facts);

  Lake& lake() const { return lake_; }
  const State& state() const { return *state_; }
  const identity::Principal& caller() const { return caller_; }
  const Facts& facts() const { return facts_; }
  base::Instant now() const { return facts_.now; }
  // A catalog id as requests carry it: absent means the caller's account.
  std::string catalog_or_own(const std::optional<std::string>& catalog_id) const;

  // Shown in the audit event's requestParameters. Never pass a secret.
  void about(std::string name, base::Json value) { parameters_.set(std::move(name), std::move(value)); }

  // The IAM gate alone.
  base::Status authorize(const Ask& ask);
  // Both gates: IAM, then Lake Formation. The decision's view is what the caller may see.
  base::Result<permissions::Decision> authorize(const Ask& ask, const permissions::Question& question);
  // The Lake Formation gate for further items of a call whose Ask was allowed (batches).
  base::Result<permissions::Decision> authorize_item(const Ask& ask, const permissions::Question& question);
  // A refusal by a gate of the use case's own (a trusted-caller check, a missing session tag): recorded like any
  // other, with the decision id in the error.
  base::Error refuse(const Ask& ask, std::string_view gate, std::string says);
  // Records that credentials were issued: the GetDataAccess event of lakeformation.md 5.8.
  base::Status record_data_access(base::Json parameters, std::string_view lake_formation_principal);

  // The condition keys every action has: of the caller, then of the request.
  policy::Context context(const Ask& ask) const;

 private:
  policy::Decision evaluate(const Ask& ask) const;
  std::string decision_id();
  base::Status record_allowed(const Ask& ask);
  base::Error record_denied(const Ask& ask, std::string says, base::Json explanation);

  Lake& lake_;
  std::shared_ptr<const State> state_;
  identity::Principal caller_;
  Facts facts_;
  base::Json parameters_;
};

}  // namespace weir::app
