#include "cli/mesh_command.h"
#include "cli/mesh_documents.h"
#include "cli/mesh_mark.h"
#include "cli/mesh_site.h"

namespace weir::cli {
namespace {

MeshNeed need_of(const std::string& role) { return {role, {"DESCRIBE"}, false, true}; }

base::Status put_role(MeshSite& site, const UiFlags& flags) {
  if (!flags.role.empty()) return site.roles.put_policy_of_other(flags.role, authenticated_policy(site.place));
  return site.roles.put({std::string(kAuthenticatedRole), "Whom people who ask for data act as", kUi,
                         trust_people(site.place.account, flags.principals), authenticated_policy(site.place)});
}

base::Result<std::string> arn_of(const MeshSite& site, const UiFlags& flags) {
  auto name = flags.role.empty() ? std::string(kAuthenticatedRole) : flags.role;
  WEIR_TRY(auto found, site.roles.find(name));
  if (found) return found->arn;
  return base::fail(base::Kind::not_found, "there is no role " + name, "role");
}

base::Status deploy(MeshSite& site, const UiFlags& flags) {
  WEIR_CHECK_OK(site.machine.check_there());
  WEIR_CHECK_OK(put_role(site, flags));
  WEIR_TRY(auto arn, arn_of(site, flags));
  for (const auto& database : flags.databases) WEIR_CHECK_OK(site.grants.grant(need_of(arn), database));
  site.ledger.say("\nPeople who ask for data take the role " + arn);
  site.ledger.say("and start executions of " + site.place.machine());
  WEIR_TRY(bool granted, site.grants.has_any(arn));
  if (!granted)
    site.ledger.say("It shows no database yet: run this again with --database DATABASE for each, or grant:\n" +
                    MeshGrants::commands(need_of(arn), "DATABASE"));
  return {};
}

// The grants of a role that is not ours are not ours either.
base::Status remove_own_role(MeshSite& site) {
  std::string name(kAuthenticatedRole);
  WEIR_TRY(auto found, site.roles.find(name));
  if (found && found->mark == kUi) WEIR_CHECK_OK(site.grants.revoke_all(found->arn));
  return site.roles.remove(name, kUi);
}

}  // namespace

base::Status run_deploy_ui(const UiFlags& flags) {
  WEIR_TRY(auto site, open_site(flags.profile));
  return deploy(*site, flags);
}

base::Result<bool> run_clean_ui(const UiFlags& flags) {
  WEIR_TRY(auto site, open_site(flags.profile));
  if (flags.role.empty()) {
    WEIR_CHECK_OK(remove_own_role(*site));
  } else {
    WEIR_CHECK_OK(site->roles.remove_policy_of_other(flags.role, authenticated_policy(site->place)));
  }
  return site->ledger.complete();
}

}  // namespace weir::cli
