// The policies of one simulation, and where each of them comes from.
//
// Threads: one request's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/iam/simulate.h"
#include "identity/directory.h"

namespace weir::app {

class SimulatedPolicies {
 public:
  // Those of a user, role or group, as the directory has them, without the excluded ones.
  void add_user(const identity::Directory& directory, const identity::UserEntry& user);
  void add_role(const identity::Directory& directory, const identity::RoleEntry& role);
  void add_group(const identity::Directory& directory, const identity::Group& group);
  // What stands above the account.
  void add_levels(const identity::Standing& standing);
  // What the request brings along; after the principal's own.
  base::Status add_input(const Simulation& simulation);
  void exclude(const std::vector<ExcludedPolicies>& excluded);

  void fill(policy::Request& request) const;
  MatchedStatement matched(const policy::Reason& reason) const;
  // What the policies ask about; not those of the organization, which its accounts cannot read.
  std::vector<std::string> context_keys() const;
  bool has_boundary() const { return boundary_.has_value(); }
  const std::vector<policy::ScpLevel>* levels() const { return levels_ ? &*levels_ : nullptr; }

 private:
  struct Source {
    std::string id;
    std::string type;
    std::string key;  // an ARN, "user ana/policy", or a control policy's name: what exclusions go by
    policy::PolicyPtr policy;
    bool of_organization = false;
  };
  // The policy under a name that leads back to its source.
  policy::NamedPolicy remember(Source source);
  const Source& source_of(std::string_view name) const;
  policy::NamedPolicy managed(const policy::NamedPolicy& policy);
  void add_holders(const std::vector<policy::NamedPolicy>& policies, const std::string& type, const std::string& name);
  void exclude_type(const std::string& type);
  void exclude_arn(const std::string& arn);
  void set_boundary(const identity::PolicySet& set);
  base::Result<policy::NamedPolicy> parse(const std::string& text, policy::PolicyKind kind, std::string id,
                                          std::string type);

  std::vector<Source> sources_;
  std::vector<policy::NamedPolicy> identity_;
  std::optional<policy::NamedPolicy> boundary_;
  std::optional<policy::NamedPolicy> resource_;
  std::optional<std::vector<policy::ScpLevel>> levels_;
};

}  // namespace weir::app
