// The roles of the mesh: made, set again, and removed, each with the inline policies it was made with.
//
// A role is found by its name. It is ours while it bears our mark (mesh_mark.h); one without is an error to put, and is
// left as it is by removing. A role that somebody gave further policies is left, too: taking them away is not ours to do.
#pragma once
#include <optional>
#include <string>

#include "base/json.h"
#include "cli/aws_client.h"
#include "cli/mesh_ledger.h"

namespace weir::cli {

struct MeshRole {
  std::string name;
  std::string description;
  std::string_view mark;
  base::Json trust;
  base::Json policy;  // null: it has none
};

struct FoundRole {
  std::string arn;
  std::string mark;  // empty: not ours
  base::Json trust;
  bool has_inline_mark = false;  // tag weir:mesh-inline0: only the policy is ours
};

class MeshRoles {
 public:
  MeshRoles(const AwsClient& client, MeshLedger& ledger) : client_(client), ledger_(ledger) {}

  base::Result<std::optional<FoundRole>> find(const std::string& name) const;
  // The inline policy kInlinePolicy; null when there is none.
  base::Result<base::Json> policy_of(const std::string& name) const;

  base::Status put(const MeshRole& role);
  base::Status remove(const std::string& name, std::string_view mark);

  // The policy alone, on a role that somebody else made.
  base::Status put_policy_of_other(const std::string& name, const base::Json& policy);
  base::Status remove_policy_of_other(const std::string& name, const base::Json& policy);

 private:
  base::Status create(const MeshRole& role);
  base::Status converge(const MeshRole& role, const FoundRole& found);
  base::Result<bool> set_trust(const MeshRole& role, const FoundRole& found);
  base::Result<bool> set_policy(const std::string& name, const base::Json& policy);
  base::Status write_policy(const std::string& name, const base::Json& policy);
  base::Status erase_policy(const std::string& name);
  base::Result<bool> holds_more(const std::string& name) const;
  base::Status remove_ours(const FoundRole& found, const std::string& name);

  const AwsClient& client_;
  MeshLedger& ledger_;
};

}  // namespace weir::cli
