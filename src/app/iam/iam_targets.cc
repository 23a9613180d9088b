#include "app/iam/iam_targets.h"

namespace weir::app {
namespace {

constexpr std::string_view kServerAccount = "aws";

const identity::Tags& tags_of(const identity::Group&) {
  static const identity::Tags none;
  return none;
}
template <class T>
const identity::Tags& tags_of(const T& record) {
  return record.tags;
}

std::optional<std::string> boundary_of(const identity::Group&) { return std::nullopt; }
std::optional<std::string> boundary_of(const identity::ManagedPolicy&) { return std::nullopt; }
template <class T>
std::optional<std::string> boundary_of(const T& record) {
  return record.boundary;
}

base::Error changed_meanwhile(std::string_view name) {
  return base::fail(base::Kind::precondition_failed,
                    std::string(name) + " was changed by another request at the same time. Try again.");
}

base::Error bad_arn(const std::string& text) {
  return base::invalid("ARN " + text.substr(0, 256) + " is not valid.", "arn");
}

// The account in the ARN of a managed policy.
base::Result<std::string> account_in_policy_arn(const std::string& text) {
  auto arn = names::Arn::parse(text);
  if (!arn.ok() || arn->service != "iam" || !arn->region.empty() || !arn->resource.starts_with("policy/"))
    return bad_arn(text);
  if (arn->account != kServerAccount && !names::is_account_id(arn->account)) return bad_arn(text);
  return arn->account;
}

}  // namespace

base::Result<names::AccountId> own_account(const Call& call) {
  auto account = names::AccountId::parse(call.caller().account());
  if (!account.ok()) return base::denied("Only principals of an account can call IAM.", "access");
  return account;
}

void describe_request_tags(const identity::Tags& tags, policy::Context& context) {
  std::vector<std::string> keys;
  for (const auto& tag : tags) {
    context.set("aws:RequestTag/" + tag.key, tag.value);
    keys.push_back(tag.key);
  }
  describe_request_tag_keys(keys, context);
}

void describe_request_tag_keys(const std::vector<std::string>& keys, policy::Context& context) {
  if (!keys.empty()) context.set_list("aws:TagKeys", keys);
}

base::Json tags_json(const identity::Tags& tags) {
  auto out = base::Json::array();
  for (const auto& tag : tags) out.push(base::Json::object().set("key", tag.key).set("value", tag.value));
  return out;
}

base::Status authorize_all(Call& call, const std::vector<Ask>& asks) {
  for (const auto& ask : asks)
    if (auto decision = call.evaluate(ask); !decision.allowed()) return call.authorize(ask, decision);
  return call.record(asks.front());
}

template <class T>
Ask ask_about(const Deed& deed, const T& record) {
  Ask ask{.action = deed.action, .resource = record.arn(), .owner = record.account.text(), .extra = deed.extra};
  for (const auto& tag : tags_of(record)) {
    ask.extra.set("aws:ResourceTag/" + tag.key, tag.value);
    ask.extra.set("iam:ResourceTag/" + tag.key, tag.value);
  }
  auto boundary = boundary_of(record);
  if (deed.has_boundary_key && boundary) ask.extra.set("iam:PermissionsBoundary", *boundary);
  return ask;
}

template <class T>
base::Result<T> authorize_named(Call& call, const Deed& deed, const std::string& name) {
  call.about(std::string(IamNoun<T>::kParameter), name);
  WEIR_TRY(auto account, own_account(call));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto found = typename IamNoun<T>::Records(*tx, account).get(name);
  if (found.ok()) {
    WEIR_CHECK_OK(call.authorize(ask_about(deed, *found)));
  } else if (found.error().kind == base::Kind::not_found) {
    WEIR_CHECK_OK(
        call.authorize({.action = deed.action, .resource = IamNoun<T>::arn(account, "/", name), .extra = deed.extra}));
  }
  return found;
}

base::Status authorize_new(Call& call, const NewThing& thing) {
  Ask make{.action = thing.action, .resource = thing.arn};
  describe_request_tags(thing.tags, make.extra);
  if (thing.boundary) make.extra.set("iam:PermissionsBoundary", *thing.boundary);
  if (thing.tags.empty()) return call.authorize(make);
  call.about("tags", tags_json(thing.tags));
  Ask tag{.action = thing.tag_action, .resource = thing.arn};
  describe_request_tags(thing.tags, tag.extra);
  return authorize_all(call, {make, tag});
}

base::Result<identity::ManagedPolicy> authorize_policy(Call& call, const Deed& deed, const std::string& arn,
                                                       Touch touch) {
  call.about("policyArn", arn);
  WEIR_TRY(auto account, own_account(call));
  WEIR_TRY(auto owner, account_in_policy_arn(arn));
  if (owner == kServerAccount && touch == Touch::reads) owner = account.text();
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto found = identity::PolicyRecords(*tx, account).get(arn);
  if (!found.ok() && found.error().kind != base::Kind::not_found) return found;
  Ask ask{.action = deed.action, .resource = arn, .extra = deed.extra};
  if (found.ok()) ask = ask_about(deed, *found);
  ask.owner = owner;
  WEIR_CHECK_OK(call.authorize(ask));
  return found;
}

template <class T>
base::Status check_unchanged(const T& asked_about, const T& now) {
  bool same = asked_about.id == now.id && asked_about.arn() == now.arn() && tags_of(asked_about) == tags_of(now) &&
              boundary_of(asked_about) == boundary_of(now);
  if (!same) return changed_meanwhile(asked_about.name);
  return {};
}

base::Status check_unchanged(const identity::ManagedPolicy& asked_about, const identity::ManagedPolicy& now) {
  if (asked_about.id != now.id || asked_about.tags != now.tags) return changed_meanwhile(asked_about.name);
  return {};
}

template Ask ask_about(const Deed&, const identity::User&);
template Ask ask_about(const Deed&, const identity::Group&);
template Ask ask_about(const Deed&, const identity::Role&);
template base::Result<identity::User> authorize_named(Call&, const Deed&, const std::string&);
template base::Result<identity::Group> authorize_named(Call&, const Deed&, const std::string&);
template base::Result<identity::Role> authorize_named(Call&, const Deed&, const std::string&);
template base::Status check_unchanged(const identity::User&, const identity::User&);
template base::Status check_unchanged(const identity::Group&, const identity::Group&);
template base::Status check_unchanged(const identity::Role&, const identity::Role&);

}  // namespace weir::app
