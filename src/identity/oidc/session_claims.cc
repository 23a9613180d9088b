#include "identity/oidc/session_claims.h"

#include "identity/naming.h"
#include "identity/oidc/faults.h"
#include "identity/oidc/strict_json.h"

namespace weir::identity::oidc {
namespace {

using base::Json;

constexpr std::string_view kTags = "https://aws.amazon.com/tags";
constexpr std::string_view kFlatTag = "https://aws.amazon.com/tags/principal_tags/";
constexpr std::string_view kFlatKeys = "https://aws.amazon.com/tags/transitive_tag_keys";
constexpr std::string_view kSourceIdentity = "https://aws.amazon.com/source_identity";

base::Error malformed(std::string what) {
  return invalid_token("The session tags of the token are malformed.", "claims: " + std::move(what));
}

base::Status add_tag(const std::string& key, const Json& value, SessionClaims& into) {
  auto values = texts(&value);
  if (values.size() != 1) return malformed("a tag without exactly one text");
  into.tags.push_back({key, values.front()});
  return {};
}

base::Status add_keys(const Json& value, SessionClaims& into) {
  auto keys = texts(&value);
  auto* list = value.as_array();
  if (keys.empty() && !(list && list->empty())) return malformed("transitive tag keys that are not texts");
  into.transitive_keys.insert(into.transitive_keys.end(), keys.begin(), keys.end());
  return {};
}

base::Status read_nested(const Json& tags, SessionClaims& into) {
  if (!tags.as_object()) return malformed("not an object");
  if (auto* principal = tags.find("principal_tags")) {
    if (!principal->as_object()) return malformed("principal_tags");
    for (const auto& [key, value] : *principal->as_object()) WEIR_CHECK_OK(add_tag(key, value, into));
  }
  if (auto* keys = tags.find("transitive_tag_keys")) WEIR_CHECK_OK(add_keys(*keys, into));
  return {};
}

base::Status read_claim(const std::string& name, const Json& value, SessionClaims& into) {
  if (name == kTags) return read_nested(value, into);
  if (name.starts_with(kFlatTag)) return add_tag(name.substr(kFlatTag.size()), value, into);
  if (name == kFlatKeys) return add_keys(value, into);
  if (name != kSourceIdentity) return {};
  if (!value.as_string() || !check_source_identity(*value.as_string()).ok()) return malformed("source_identity");
  into.source_identity = *value.as_string();
  return {};
}

base::Status check(const SessionClaims& claims) {
  auto tags = check_tags(claims.tags), keys = check_tag_keys(claims.transitive_keys);
  if (!tags.ok()) return invalid_token(tags.error().says, "claims: tags");
  if (!keys.ok()) return invalid_token(keys.error().says, "claims: transitive tag keys");
  for (const auto& key : claims.transitive_keys)
    if (!find_tag(claims.tags, key)) return malformed("a transitive key without its tag");
  return {};
}

}  // namespace

base::Result<SessionClaims> read_session_claims(const Json& payload) {
  SessionClaims out;
  for (const auto& [name, value] : *payload.as_object()) WEIR_CHECK_OK(read_claim(name, value, out));
  WEIR_CHECK_OK(check(out));
  return out;
}

}  // namespace weir::identity::oidc
