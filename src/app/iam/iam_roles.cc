#include "app/iam/iam_roles.h"

#include "app/iam/iam_targets.h"
#include "app/iam/namesakes.h"
#include "identity/trust.h"

namespace weir::app {

using identity::Role;

namespace {

base::Result<ShownRole> shown(store::Transaction& tx, Role role) {
  WEIR_TRY(auto trust, identity::published_trust(tx, role));
  return ShownRole{std::move(role), std::move(trust)};
}

void note(Call& call, const identity::NewRole& wanted) {
  call.about("roleName", wanted.name);
  call.about("path", wanted.path);
  call.about("assumeRolePolicyDocument", wanted.trust);
  call.about("maxSessionDuration", wanted.max_session_s);
  if (wanted.boundary) call.about("permissionsBoundary", *wanted.boundary);
}

}  // namespace

base::Result<ShownRole> create_role(Call& call, const identity::NewRole& wanted) {
  WEIR_TRY(auto account, own_account(call));
  note(call, wanted);
  WEIR_CHECK_OK(
      authorize_new(call, {"iam:CreateRole", "iam:TagRole", names::role_arn(account, wanted.path, wanted.name),
                           wanted.tags, wanted.boundary}));
  ShownRole made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto role, identity::RoleRecords(tx, account).create(wanted, call.now(), call.lake().randomness));
    WEIR_TRY(made, shown(tx, std::move(role)));
    return end_what_lake_formation_gave(tx, account, made.role.arn());
  }));
  return made;
}

base::Result<ShownRole> get_role(Call& call, const std::string& name) {
  WEIR_TRY(auto role, authorize_named<Role>(call, {"iam:GetRole"}, name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return shown(*tx, std::move(role));
}

base::Status update_role(Call& call, const std::string& name, const identity::RoleChange& wanted) {
  if (wanted.description) call.about("description", *wanted.description);
  if (wanted.max_session_s) call.about("maxSessionDuration", *wanted.max_session_s);
  WEIR_TRY(auto role, authorize_named<Role>(call, {"iam:UpdateRole"}, name));
  return change(call, role, [&](store::Transaction& tx) { return records_of(tx, role).update(role.name, wanted); });
}

base::Status update_trust(Call& call, const std::string& name, const std::string& document) {
  call.about("policyDocument", document);
  WEIR_TRY(auto role, authorize_named<Role>(call, {"iam:UpdateAssumeRolePolicy"}, name));
  return change(call, role,
                [&](store::Transaction& tx) { return records_of(tx, role).set_trust(role.name, document); });
}

base::Status delete_role(Call& call, const std::string& name) {
  WEIR_TRY(auto role, authorize_named<Role>(call, {"iam:DeleteRole"}, name));
  return change(call, role, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(records_of(tx, role).erase(role.name));
    return end_what_lake_formation_gave(tx, role.account, role.arn());
  });
}

base::Result<identity::Page<ShownRole>> list_roles(Call& call, const identity::PageRequest& page) {
  WEIR_TRY(auto account, own_account(call));
  call.about("pathPrefix", page.path_prefix);
  WEIR_CHECK_OK(call.authorize({.action = "iam:ListRoles"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto roles, identity::RoleRecords(*tx, account).list(page));
  identity::Page<ShownRole> out;
  out.marker = std::move(roles.marker);
  for (auto& role : roles.items) {
    WEIR_TRY(auto item, shown(*tx, std::move(role)));
    out.items.push_back(std::move(item));
  }
  return out;
}

}  // namespace weir::app
