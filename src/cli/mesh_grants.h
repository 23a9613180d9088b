// What Lake Formation lets the roles of the mesh do with databases, and taking it back with the role.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cli/json_api.h"
#include "cli/mesh_ledger.h"

namespace weir::cli {

// A role needs DESCRIBE on a database and these on all of its tables, now and later.
struct MeshNeed {
  std::string role;  // ARN
  std::vector<std::string> on_tables;
  bool passes_on = false;  // with grant option: the role grants them to others
  bool on_database = true;
};

class MeshGrants {
 public:
  MeshGrants(const JsonApi& api, MeshLedger& ledger) : api_(api), ledger_(ledger) {}

  base::Status grant(const MeshNeed& need, const std::string& database);
  // Everything that was granted to a role: it goes, and its grants with it.
  base::Status revoke_all(const std::string& role);
  base::Result<bool> has_any(const std::string& role) const;
  // The command lines that grant it, for who wants to run them.
  static std::string commands(const MeshNeed& need, const std::string& database);

 private:
  struct Wanted {
    base::Json resource;
    std::vector<std::string> permissions;
    std::vector<std::string> option;
  };
  base::Result<std::vector<base::Json>> held_by(const std::string& role) const;
  base::Status grant_one(const std::vector<base::Json>& held, const std::string& role, const Wanted& wanted);

  const JsonApi& api_;
  MeshLedger& ledger_;
};

}  // namespace weir::cli
