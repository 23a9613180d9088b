#include "app/sharing/share_asks.h"

#include "app/iam/iam_targets.h"
#include "sharing/shareable.h"

namespace weir::app {
namespace {

std::string text_of(bool value) { return value ? "true" : "false"; }

// One empty text where there is none, so that there is at least one pair.
std::vector<std::string> at_least_one(const std::vector<std::string>& texts) {
  return texts.empty() ? std::vector<std::string>{""} : texts;
}

Ask ask_about(const ShareDeed& deed) {
  Ask ask{.action = deed.action};
  if (deed.share) {
    ask.resource = deed.share->arn();
    ask.owner = deed.share->owner.text();
    describe_share(*deed.share, ask.extra);
  }
  if (deed.wants_external) ask.extra.set("ram:RequestedAllowsExternalPrincipals", text_of(*deed.wants_external));
  if (deed.permission) ask.extra.set("ram:PermissionArn", *deed.permission);
  describe_request_tags(deed.tags, ask.extra);
  describe_request_tag_keys(deed.tag_keys, ask.extra);
  return ask;
}

void describe_resource(const std::string& resource, policy::Context& context) {
  if (resource.empty()) return;
  context.set("ram:ResourceArn", resource);
  auto type = sharing::type_name_of(resource);
  if (!type.empty()) context.set("ram:RequestedResourceType", std::string(type));
}

}  // namespace

void describe_share(const sharing::Share& share, policy::Context& context) {
  context.set("ram:ResourceShareName", share.name);
  context.set("ram:AllowsExternalPrincipals", text_of(share.allows_external));
  for (const auto& [key, value] : share.tags) context.set("aws:ResourceTag/" + key, value);
}

std::vector<Ask> asks_about(const ShareDeed& deed) {
  std::vector<Ask> asks;
  for (const auto& resource : at_least_one(deed.resources)) {
    for (const auto& principal : at_least_one(deed.principals)) {
      asks.push_back(ask_about(deed));
      describe_resource(resource, asks.back().extra);
      if (!principal.empty()) asks.back().extra.set("ram:Principal", principal);
    }
  }
  return asks;
}

}  // namespace weir::app
