// What each mesh command works with: the account it is in, its clients, what it says.
#pragma once
#include <memory>
#include <string>

#include "cli/json_api.h"
#include "cli/mesh_functions.h"
#include "cli/mesh_grants.h"
#include "cli/mesh_ledger.h"
#include "cli/mesh_machine.h"
#include "cli/mesh_place.h"
#include "cli/mesh_requests.h"
#include "cli/mesh_roles.h"
#include "cli/mesh_topic.h"
#include "cli/profile.h"

namespace weir::cli {

struct MeshSite {
  MeshSite(JsonApi json, MeshPlace where) : api(std::move(json)), place(std::move(where)) {}
  MeshSite(const MeshSite&) = delete;
  MeshSite& operator=(const MeshSite&) = delete;

  JsonApi api;
  MeshPlace place;
  MeshLedger ledger;
  MeshRoles roles{api.client(), ledger};
  MeshFunctions functions{api, place, ledger};
  MeshMachine machine{api, place, ledger};
  MeshRequests requests{api, place, ledger};
  MeshTopic topic{api.client(), place, ledger};
  MeshGrants grants{api, ledger};
};

// The account of the profile; `expected` is the one that is meant, when it was said.
base::Result<std::unique_ptr<MeshSite>> open_site(const ProfileFlags& flags, const std::string& expected = "");
// Twelve digits, zeros in front included; `option` is named when it is not.
base::Result<names::AccountId> read_account(const std::string& text, std::string_view option);

}  // namespace weir::cli
