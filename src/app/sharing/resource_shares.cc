#include "app/sharing/resource_shares.h"

#include <algorithm>

#include "app/iam/iam_targets.h"
#include "app/request_token.h"
#include "app/sharing/share_joining.h"
#include "app/sharing/share_words.h"
#include "app/sharing/shared_grants.h"
#include "base/text.h"
#include "sharing/managed_permissions.h"
#include "sharing/shares.h"

namespace weir::app {

using sharing::Share;
using sharing::ShareRecords;

namespace {

constexpr size_t kNameMax = 255;

base::Status check_name(std::string_view name) {
  bool good = !name.empty() && base::is_valid_utf8(name) && !base::has_control_characters(name) &&
              base::utf8_length(name) <= kNameMax;
  if (good) return {};
  return base::invalid("The name of a resource share has 1 to 255 characters.", "parameter");
}

base::Result<std::vector<sharing::SharePermission>> permissions_of(const Call& call, const NewShare& wanted) {
  std::vector<sharing::SharePermission> out;
  for (const auto& arn : wanted.permissions) {
    WEIR_TRY(const auto* permission, sharing::permission_named(arn));
    std::string type(to_string(permission->type));
    for (const auto& other : out)
      if (other.resource_type == type)
        return base::invalid("A resource share has one permission for each resource type: " + type + " has two.",
                             "parameter");
    out.push_back({std::string(permission->name), type, call.now()});
  }
  return out;
}

std::map<std::string, std::string> tag_map(const identity::Tags& tags) {
  std::map<std::string, std::string> out;
  for (const auto& tag : tags) out[tag.key] = tag.value;
  return out;
}

identity::Tags tags_of(const Share& share) {
  identity::Tags out;
  for (const auto& [key, value] : share.tags) out.push_back({key, value});
  return out;
}

base::Result<Share> draft_of(const Call& call, const NewShare& wanted) {
  Share out;
  WEIR_TRY(out.owner, own_account(call));
  out.region = call.lake().region;
  out.name = wanted.name;
  out.allows_external = wanted.allows_external;
  WEIR_CHECK_OK(check_name(out.name));
  WEIR_CHECK_OK(identity::check_tags(wanted.tags));
  out.tags = tag_map(wanted.tags);
  WEIR_TRY(out.permissions, permissions_of(call, wanted));
  return out;
}

base::Json parameters_of(const NewShare& wanted) {
  return base::Json::object()
      .set("name", wanted.name)
      .set("resources", base::to_json(wanted.resources))
      .set("principals", base::to_json(wanted.principals))
      .set("permissions", base::to_json(wanted.permissions))
      .set("tags", tags_json(wanted.tags))
      .set("external", wanted.allows_external);
}

base::Result<std::string> make(Call& call, store::Transaction& tx, const Share& draft, const SharedWords& words) {
  WEIR_TRY(auto share, ShareRecords(tx).create(draft, call.now(), call.lake().randomness));
  for (const auto& receiver : words.receivers) WEIR_CHECK_OK(join_principal(call, tx, share, receiver));
  for (const auto& resource : words.resources) WEIR_CHECK_OK(join_resource(call, tx, share, resource));
  return share.arn();
}

base::Result<Share> read_back(Call& call, const std::string& arn) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return ShareRecords(*tx).get(arn);
}

}  // namespace

base::Status check_not_of_lake_formation(const Share& share) {
  if (!share.is_of_lake_formation()) return {};
  return sharing_not_permitted("Lake Formation made this resource share: grant and revoke there instead.");
}

base::Result<Share> authorize_share(Call& call, const std::string& arn, ShareDeed deed) {
  call.about("resourceShareArn", arn);
  WEIR_CHECK_OK(sharing::parse_share_arn(arn));
  const auto& account = call.caller().account();
  const auto& shares = call.state().shares;
  const auto* share = shares.find(arn);
  if (share && share->owner.text() == account) {
    deed.share = share;
    WEIR_CHECK_OK(authorize_all(call, asks_about(deed)));
    return *share;
  }
  WEIR_CHECK_OK(call.authorize({.action = deed.action, .resource = arn}));
  for (const auto* received : shares.all_received_by(account, memberships_of(call)))
    if (received == share) return sharing_not_permitted("Only the owner of a resource share may do that.");
  return sharing::no_such_share(arn);
}

base::Result<Share> unchanged_share(store::Transaction& tx, const Share& asked_about) {
  WEIR_TRY(auto now, ShareRecords(tx).get(asked_about.arn()));
  if (now.name == asked_about.name && now.tags == asked_about.tags &&
      now.allows_external == asked_about.allows_external)
    return now;
  return base::fail(base::Kind::precondition_failed,
                    "The resource share was changed by another request at the same time. Try again.");
}

base::Result<Share> create_share(Call& call, const NewShare& wanted) {
  call.about("name", wanted.name);
  WEIR_TRY(auto draft, draft_of(call, wanted));
  WEIR_TRY(auto words, read_words(call, draft.owner, wanted.resources, wanted.principals));
  ShareDeed deed{"ram:CreateResourceShare", nullptr, words.resource_texts(), words.receiver_texts()};
  deed.wants_external = wanted.allows_external;
  deed.tags = wanted.tags;
  WEIR_CHECK_OK(authorize_all(call, asks_about(deed)));
  WEIR_TRY(auto arn, write_once(call, {wanted.token, parameters_of(wanted)},
                                [&](store::Transaction& tx) { return make(call, tx, draft, words); }));
  return read_back(call, arn);
}

namespace {

// Who is not in the owner's organization.
base::Status check_no_outsiders(Call& call, store::Transaction& tx, const Share& share) {
  WEIR_TRY(auto principals, ShareRecords(tx).principals(share));
  for (const auto& one : principals)
    if (!one.is_collective() && !memberships_of(call).are_together(share.owner.text(), one.receiver))
      return sharing_not_permitted("The resource share has external principals: " + one.principal + ".");
  return {};
}

base::Status carry_out(Call& call, store::Transaction& tx, Share share, const ShareChange& change) {
  if (change.allows_external == false) WEIR_CHECK_OK(check_no_outsiders(call, tx, share));
  share.name = change.name.value_or(share.name);
  share.allows_external = change.allows_external.value_or(share.allows_external);
  return ShareRecords(tx).save(share, call.now());
}

base::Json parameters_of(const ShareChange& change) {
  auto out = base::Json::object().set("share", change.share);
  if (change.name) out.set("name", *change.name);
  if (change.allows_external) out.set("external", *change.allows_external);
  return out;
}

}  // namespace

base::Result<Share> update_share(Call& call, const ShareChange& change) {
  if (change.name) WEIR_CHECK_OK(check_name(*change.name));
  ShareDeed deed{"ram:UpdateResourceShare"};
  deed.wants_external = change.allows_external;
  WEIR_TRY(auto share, authorize_share(call, change.share, deed));
  WEIR_CHECK_OK(check_not_of_lake_formation(share));
  auto body = [&](store::Transaction& tx) -> base::Result<std::string> {
    WEIR_TRY(auto now, unchanged_share(tx, share));
    WEIR_CHECK_OK(carry_out(call, tx, std::move(now), change));
    return change.share;
  };
  WEIR_CHECK_OK(write_once(call, {change.token, parameters_of(change)}, body));
  return read_back(call, change.share);
}

base::Status delete_share(Call& call, const std::string& arn, const std::optional<std::string>& token) {
  WEIR_TRY(auto share, authorize_share(call, arn, {"ram:DeleteResourceShare"}));
  auto body = [&](store::Transaction& tx) -> base::Result<std::string> {
    WEIR_TRY(auto now, unchanged_share(tx, share));
    if (now.is_of_lake_formation()) WEIR_CHECK_OK(erase_grants_through(tx, now, {}));
    WEIR_CHECK_OK(ShareRecords(tx).erase(now));
    return arn;
  };
  WEIR_CHECK_OK(write_once(call, {token, base::Json::object().set("share", arn)}, body));
  return {};
}

base::Status tag_share(Call& call, const std::string& arn, const identity::Tags& tags) {
  call.about("tags", tags_json(tags));
  ShareDeed deed{"ram:TagResource"};
  deed.tags = tags;
  WEIR_TRY(auto share, authorize_share(call, arn, deed));
  WEIR_CHECK_OK(identity::check_tags(tags));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto now, unchanged_share(tx, share));
    auto merged = identity::merged_tags(tags_of(now), tags);
    WEIR_CHECK_OK(identity::check_tags(merged));
    now.tags = tag_map(merged);
    return ShareRecords(tx).save(now, call.now());
  });
}

base::Status untag_share(Call& call, const std::string& arn, const std::vector<std::string>& keys) {
  WEIR_CHECK_OK(identity::check_tag_keys(keys));
  ShareDeed deed{"ram:UntagResource"};
  deed.tag_keys = keys;
  WEIR_TRY(auto share, authorize_share(call, arn, deed));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto now, unchanged_share(tx, share));
    now.tags = tag_map(identity::without_tags(tags_of(now), keys));
    return ShareRecords(tx).save(now, call.now());
  });
}

base::Result<std::vector<const Share*>> shares_on_side(const Call& call, ShareSide side,
                                                       const std::vector<std::string>& arns) {
  const auto& shares = call.state().shares;
  const auto& account = call.caller().account();
  auto all =
      side == ShareSide::owned ? shares.owned_by(account) : shares.all_received_by(account, memberships_of(call));
  if (arns.empty()) return all;
  std::vector<const Share*> out;
  for (const auto& arn : arns) {
    WEIR_CHECK_OK(sharing::parse_share_arn(arn));
    auto found = std::ranges::find(all, arn, [](const Share* share) { return share->arn(); });
    if (found == all.end()) return sharing::no_such_share(arn);
    if (std::ranges::find(out, *found) == out.end()) out.push_back(*found);
  }
  return out;
}

namespace {

bool has_tag(const Share& share, const ShareTagFilter& filter) {
  auto found = share.tags.find(filter.key);
  if (found == share.tags.end()) return false;
  return filter.values.empty() || std::ranges::find(filter.values, found->second) != filter.values.end();
}

bool has_permission(const Share& share, std::string_view name) {
  return std::ranges::any_of(share.permissions, [&](const auto& one) { return one.name == name; });
}

bool is_wanted(const Share& share, const ShareFilter& filter, const sharing::ManagedPermission* permission) {
  if (filter.name && share.name != *filter.name) return false;
  if (permission && !has_permission(share, permission->name)) return false;
  return std::ranges::all_of(filter.tags, [&](const auto& one) { return has_tag(share, one); });
}

}  // namespace

base::Result<std::vector<Share>> list_shares(Call& call, const ShareFilter& filter) {
  WEIR_CHECK_OK(call.authorize({.action = "ram:GetResourceShares"}));
  const sharing::ManagedPermission* permission = nullptr;
  if (filter.permission) {
    WEIR_TRY(permission, sharing::permission_named(*filter.permission));
  }
  WEIR_TRY(auto shares, shares_on_side(call, filter.side, filter.shares));
  std::vector<Share> out;
  for (const auto* share : shares) {
    out.push_back(*share);
    if (filter.side == ShareSide::received) out.back().tags.clear();
    if (!is_wanted(out.back(), filter, permission)) out.pop_back();
  }
  return out;
}

}  // namespace weir::app
