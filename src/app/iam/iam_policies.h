// Managed policies and their versions, and who uses them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/policy_records.h"

namespace weir::app {

// A policy and how often it is used in the caller's account.
struct ShownPolicy {
  identity::ManagedPolicy policy;
  size_t attachments = 0;
  size_t boundaries = 0;
  bool attachable = true;
};

struct ShownVersion {
  identity::PolicyVersion version;
  bool in_force = false;
};

struct EntitiesRequest {
  std::optional<identity::Noun> noun;      // all three when absent
  std::optional<identity::keys::Use> use;  // both when absent
  identity::PageRequest page;              // the path prefix is that of the entities
};

struct Entity {
  identity::Noun noun = identity::Noun::user;
  std::string name;
  std::string id;
};

base::Result<ShownPolicy> create_policy(Call& call, const identity::NewPolicy& wanted);
base::Result<ShownPolicy> get_policy(Call& call, const std::string& arn);
base::Status delete_policy(Call& call, const std::string& arn);
base::Result<identity::Page<ShownPolicy>> list_policies(Call& call, const identity::PolicyListRequest& request);

base::Result<ShownVersion> create_policy_version(Call& call, const std::string& arn, const std::string& document,
                                                 bool make_default);
base::Result<ShownVersion> get_policy_version(Call& call, const std::string& arn, const std::string& version_id);
base::Status delete_policy_version(Call& call, const std::string& arn, const std::string& version_id);
// Newest first.
base::Result<identity::Page<ShownVersion>> list_policy_versions(Call& call, const std::string& arn,
                                                                const identity::PageRequest& page);
base::Status set_default_policy_version(Call& call, const std::string& arn, const std::string& version_id);

base::Result<identity::Page<Entity>> list_entities_for_policy(Call& call, const std::string& arn,
                                                              const EntitiesRequest& request);

}  // namespace weir::app
