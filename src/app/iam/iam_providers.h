// What the IAM operations on identity providers of both kinds have in common: they are named by ARN, and asked about
// with their tags.
//
// Invariants: as in iam_targets.h. A provider of another account is asked about as that account's, which no policy of
// the caller can allow.
#pragma once
#include <string>
#include <string_view>

#include "app/iam/iam_page.h"
#include "app/iam/iam_targets.h"
#include "base/text.h"
#include "identity/oidc_provider_records.h"
#include "identity/saml_provider_records.h"

namespace weir::app {

template <class T>
struct ProviderNoun;
template <>
struct ProviderNoun<identity::SamlProvider> {
  using Records = identity::SamlProviderRecords;
  static constexpr std::string_view kKind = "saml-provider/", kParameter = "sAMLProviderArn";
};
template <>
struct ProviderNoun<identity::OidcProvider> {
  using Records = identity::OidcProviderRecords;
  static constexpr std::string_view kKind = "oidc-provider/", kParameter = "openIDConnectProviderArn";
};

struct ProviderName {
  names::AccountId account;
  std::string name;
};
// Invalid about "arn" for anything but the ARN of a provider of that kind.
base::Result<ProviderName> provider_name(std::string_view arn, std::string_view kind);

// Finds and asks.
template <class T>
base::Result<T> authorize_provider(Call& call, const Deed& deed, const std::string& arn) {
  call.about(std::string(ProviderNoun<T>::kParameter), arn);
  WEIR_TRY(auto own, own_account(call));
  WEIR_TRY(auto named, provider_name(arn, ProviderNoun<T>::kKind));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto found = typename ProviderNoun<T>::Records(*tx, own).get(named.name);
  Ask ask{.action = deed.action, .resource = arn, .owner = named.account.text(), .extra = deed.extra};
  if (named.account == own && found.ok())
    for (const auto& tag : found->tags) ask.extra.set("aws:ResourceTag/" + tag.key, tag.value);
  WEIR_CHECK_OK(call.authorize(ask));
  return found;
}

// Still the provider that was asked about.
template <class T>
base::Status check_unchanged(store::Transaction& tx, const T& provider) {
  WEIR_TRY(auto now, typename ProviderNoun<T>::Records(tx, provider.account).get(provider.name));
  if (now.created == provider.created && now.tags == provider.tags) return {};
  return base::fail(base::Kind::precondition_failed,
                    provider.name + " was changed by another request at the same time. Try again.");
}

// Runs `body` in a write transaction in which the provider is there.
template <class T, class Body>
base::Status change_provider(Call& call, const T& provider, const Body& body) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(check_unchanged(tx, provider));
    typename ProviderNoun<T>::Records records(tx, provider.account);
    return body(records);
  });
}

template <class T>
base::Status tag_provider(Call& call, std::string action, const std::string& arn, const identity::Tags& tags) {
  call.about("tags", tags_json(tags));
  Deed deed{std::move(action)};
  describe_request_tags(tags, deed.extra);
  WEIR_TRY(auto provider, authorize_provider<T>(call, deed, arn));
  return change_provider(call, provider, [&](auto& records) { return records.tag(provider.name, tags); });
}

template <class T>
base::Status untag_provider(Call& call, std::string action, const std::string& arn,
                            const std::vector<std::string>& keys) {
  call.about("tagKeys", base::to_json(keys));
  Deed deed{std::move(action)};
  describe_request_tag_keys(keys, deed.extra);
  WEIR_TRY(auto provider, authorize_provider<T>(call, deed, arn));
  return change_provider(call, provider, [&](auto& records) { return records.untag(provider.name, keys); });
}

template <class T>
base::Result<identity::Page<identity::Tag>> list_provider_tags(Call& call, std::string action, const std::string& arn,
                                                               const identity::PageRequest& page) {
  WEIR_TRY(auto provider, authorize_provider<T>(call, {std::move(action)}, arn));
  return page_of(std::move(provider.tags), page, [](const identity::Tag& tag) { return base::to_lower(tag.key); });
}

}  // namespace weir::app
