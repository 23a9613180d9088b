#include "app/iam/iam_service_roles.h"

#include "app/iam/iam_targets.h"
#include "app/iam/namesakes.h"
#include "app/organizations/memberships.h"
#include "identity/trust.h"
#include "permissions/records.h"
#include "store/key.h"

namespace weir::app {

using identity::Role;

namespace {

std::string task_key(const names::AccountId& account, std::string_view id) {
  return store::key("iam", account.text(), "deletion-task", id);
}

bool is_of(const Role& role, std::string_view service) {
  return role.path == std::string(identity::kServiceRolePath).append(service).append("/");
}

// A location that was registered with the role; empty when there is none.
base::Result<std::string> location_with_role(store::Transaction& tx, const std::string& account) {
  std::string token;
  do {
    WEIR_TRY(auto page, permissions::list_locations(tx, account, token, 100));
    for (const auto& location : page.items)
      if (location.use_service_linked_role) return location.resource_arn;
    token = page.next;
  } while (!token.empty());
  return std::string();
}

// The organization that shares through the role.
base::Result<std::string> organization_with_role(const Call& call, const Role& role) {
  const auto* organization = call.state().directory.organizations().organization_of(role.account.text());
  bool used = organization && organization->management == role.account &&
              organization->trusted_services.contains(std::string(kSharingService));
  return used ? organization->arn() : std::string();
}

// What still uses the role; empty when nothing does.
base::Result<std::string> user_of_role(const Call& call, store::Transaction& tx, const Role& role) {
  if (is_of(role, kSharingService)) return organization_with_role(call, role);
  return location_with_role(tx, role.account.text());
}

base::Result<DeletionTask> carry_out(Call& call, store::Transaction& tx, const Role& role) {
  DeletionTask task{"task" + role.path + role.name + "/" + base::uuid(call.lake().randomness), "SUCCEEDED", "", ""};
  WEIR_TRY(task.resource, user_of_role(call, tx, role));
  if (task.resource.empty()) {
    WEIR_CHECK_OK(records_of(tx, role).erase_service_linked(role.name));
    WEIR_CHECK_OK(end_what_lake_formation_gave(tx, role.account, role.arn()));
  } else {
    task.status = "FAILED";
    task.reason = "The role is used by " + task.resource + ".";
  }
  WEIR_CHECK_OK(identity::save(tx, task_key(role.account, task.id), task));
  return task;
}

}  // namespace

base::Result<ShownRole> create_service_linked_role(Call& call, const std::string& service,
                                                   const std::string& description) {
  WEIR_TRY(auto account, own_account(call));
  call.about("aWSServiceName", service);
  Ask ask{.action = "iam:CreateServiceLinkedRole",
          .resource = names::role_arn(account, std::string(identity::kServiceRolePath) + service + "/", "*")};
  ask.extra.set("iam:AWSServiceName", service);
  WEIR_CHECK_OK(call.authorize(ask));
  ShownRole made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    identity::RoleRecords roles(tx, account);
    WEIR_TRY(made.role, roles.create_service_linked(service, description, call.now(), call.lake().randomness));
    WEIR_TRY(made.trust, identity::published_trust(tx, made.role));
    return end_what_lake_formation_gave(tx, account, made.role.arn());
  }));
  return made;
}

base::Result<std::string> delete_service_linked_role(Call& call, const std::string& name) {
  WEIR_TRY(auto role, authorize_named<Role>(call, {"iam:DeleteServiceLinkedRole"}, name));
  if (!role.is_service_linked()) return identity::no_such(identity::Noun::role, name);
  DeletionTask task;
  WEIR_CHECK_OK(change(call, role, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(task, carry_out(call, tx, role));
    return {};
  }));
  return std::move(task.id);
}

base::Result<DeletionTask> get_deletion_task(Call& call, const std::string& id) {
  WEIR_TRY(auto account, own_account(call));
  call.about("deletionTaskId", id);
  WEIR_CHECK_OK(call.authorize({.action = "iam:GetServiceLinkedRoleDeletionStatus"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto task, identity::load<DeletionTask>(*tx, task_key(account, id)));
  if (!task) return base::not_found("There is no deletion task " + id.substr(0, 256) + ".", "task");
  return std::move(*task);
}

}  // namespace weir::app
