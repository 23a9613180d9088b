// Managed policies of an account, their versions, and who uses them. The policies that come with the
// server are found here too, and refuse every change.
//
// Threads: as the transaction.
#pragma once
#include "identity/managed_policy.h"
#include "identity/records.h"

namespace weir::identity {

struct NewPolicy {
  std::string name;
  std::string path = "/";
  std::string description;
  std::string document;
  Tags tags;
};

enum class PolicyScope { all, local, aws };

struct PolicyListRequest {
  PolicyScope scope = PolicyScope::all;
  bool only_attached = false;
  std::optional<keys::Use> used_as = {};  // only policies that somebody in the account uses so
  PageRequest page;
};

// One user, group or role that a policy is attached to, or whose boundary it is.
struct PolicyEntity {
  Noun noun = Noun::user;
  std::string name;
};

class PolicyRecords {
 public:
  PolicyRecords(store::Transaction& tx, names::AccountId account) : tx_(tx), account_(std::move(account)) {}

  base::Result<ManagedPolicy> create(const NewPolicy& wanted, base::Instant now, base::Randomness& randomness);
  base::Result<ManagedPolicy> get(std::string_view arn);
  // Conflict while it is attached, is a boundary, or has versions besides the default one.
  base::Status erase(std::string_view arn);
  base::Result<Page<ManagedPolicy>> list(const PolicyListRequest& request);

  base::Result<PolicyVersion> create_version(std::string_view arn, std::string document, bool make_default,
                                             base::Instant now);
  base::Result<PolicyVersion> get_version(std::string_view arn, int number);
  base::Status erase_version(std::string_view arn, int number);
  base::Status set_default_version(std::string_view arn, int number, base::Instant now);

  base::Status tag(std::string_view arn, const Tags& tags);
  base::Status untag(std::string_view arn, const std::vector<std::string>& keys);

  base::Result<std::vector<PolicyEntity>> entities(std::string_view arn, keys::Use use);

 private:
  base::Result<ManagedPolicy> get_to_change(std::string_view arn);
  base::Result<bool> wanted(const ManagedPolicy& policy, const PolicyListRequest& request);
  base::Result<Page<ManagedPolicy>> list_aws(const PolicyListRequest& request);
  base::Result<Page<ManagedPolicy>> list_local(const PolicyListRequest& request);
  base::Status save_policy(const ManagedPolicy& policy);

  store::Transaction& tx_;
  names::AccountId account_;
};

}  // namespace weir::identity
