#include <map>

#include "app/iam/iam_page.h"
#include "app/iam/iam_policies.h"
#include "app/iam/iam_targets.h"
#include "base/text.h"

namespace weir::app {

using identity::Noun;
using identity::keys::Use;

namespace {

std::string key_of(Noun noun, const std::string& name) {
  return std::string(identity::to_string(noun)) + "/" + base::to_lower(name);
}

// Each user, group and role once, also when the policy is attached to it and its boundary.
using Users = std::map<std::string, identity::PolicyEntity>;
base::Result<Users> users_of(store::Transaction& tx, const names::AccountId& account, const std::string& arn,
                             const EntitiesRequest& request) {
  Users out;
  for (auto use : {Use::attachment, Use::boundary}) {
    if (request.use && *request.use != use) continue;
    WEIR_TRY(auto entities, identity::PolicyRecords(tx, account).entities(arn, use));
    for (auto& entity : entities) {
      if (request.noun && *request.noun != entity.noun) continue;
      auto key = key_of(entity.noun, entity.name);
      out.emplace(std::move(key), std::move(entity));
    }
  }
  return out;
}

template <class T>
base::Result<std::optional<Entity>> entity_under(store::Transaction& tx, const names::AccountId& account,
                                                 const identity::PolicyEntity& named, std::string_view path_prefix) {
  WEIR_TRY(auto record, typename IamNoun<T>::Records(tx, account).get(named.name));
  if (!record.path.starts_with(path_prefix)) return std::optional<Entity>();
  return std::optional(Entity{named.noun, record.name, record.id});
}

base::Result<std::optional<Entity>> entity_of(store::Transaction& tx, const names::AccountId& account,
                                              const identity::PolicyEntity& named, std::string_view path_prefix) {
  switch (named.noun) {
    case Noun::user: return entity_under<identity::User>(tx, account, named, path_prefix);
    case Noun::group: return entity_under<identity::Group>(tx, account, named, path_prefix);
    case Noun::role: return entity_under<identity::Role>(tx, account, named, path_prefix);
    case Noun::policy: break;
  }
  return base::internal("a policy is attached to a policy");
}

}  // namespace

base::Result<identity::Page<Entity>> list_entities_for_policy(Call& call, const std::string& arn,
                                                              const EntitiesRequest& request) {
  WEIR_TRY(auto account, own_account(call));
  WEIR_TRY(auto policy, authorize_policy(call, {"iam:ListEntitiesForPolicy"}, arn, Touch::reads));
  WEIR_TRY(auto told, key_in_marker(request.page.marker));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto users, users_of(*tx, account, arn, request));
  identity::Page<Entity> page;
  for (auto at = users.upper_bound(told); at != users.end(); ++at) {
    WEIR_TRY(auto entity, entity_of(*tx, account, at->second, request.page.path_prefix));
    if (!entity) continue;
    if (page.items.size() == request.page.items_max) {
      page.marker = marker_of(key_of(page.items.back().noun, page.items.back().name));
      break;
    }
    page.items.push_back(std::move(*entity));
  }
  return page;
}

}  // namespace weir::app
