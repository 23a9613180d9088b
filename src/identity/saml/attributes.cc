#include "identity/saml/attributes.h"

#include <algorithm>

#include "base/text.h"
#include "identity/naming.h"
#include "identity/saml/faults.h"
#include "names/arn.h"

namespace weir::identity::saml {
namespace {

constexpr std::string_view kAws = "https://aws.amazon.com/SAML/Attributes/";
constexpr std::string_view kLakeFormation = "https://lakeformation.amazon.com/SAML/Attributes/";
constexpr std::string_view kPrincipalTag = "https://aws.amazon.com/SAML/Attributes/PrincipalTag:";

base::Status read_values(Element attribute, std::vector<std::string>& into) {
  for (auto value : attribute.children()) {
    auto text = value.is(kAssertionNs, "AttributeValue") ? value.text() : std::nullopt;
    if (!text) return invalid_response("an attribute value that is not one text");
    into.push_back(std::move(*text));
  }
  return {};
}

base::Status read_statement(Element statement, Attributes& into) {
  for (auto attribute : statement.children()) {
    auto name = attribute.attribute("Name");
    if (!attribute.is(kAssertionNs, "Attribute") || !name || name->empty())
      return invalid_response("an attribute that is encrypted or has no name");
    WEIR_CHECK_OK(read_values(attribute, into[*name]));
  }
  return {};
}

const std::vector<std::string>& values(const Attributes& attributes, std::string_view space, std::string_view name) {
  static const std::vector<std::string> kNone;
  auto at = attributes.find(std::string(space) + std::string(name));
  return at == attributes.end() ? kNone : at->second;
}

// Nothing, or the one value; of several none is the right one.
base::Result<std::optional<std::string>> single(const std::vector<std::string>& values, std::string_view name) {
  if (values.size() > 1) return invalid_response("several values of " + std::string(name));
  if (values.empty()) return std::optional<std::string>();
  return std::optional(values.front());
}

bool is_iam_arn(std::string_view text, std::string_view kind) {
  auto arn = names::Arn::parse(text);
  return arn.ok() && arn->service == "iam" && arn->region.empty() && names::is_account_id(arn->account) &&
         arn->resource.size() > kind.size() && arn->resource.starts_with(kind);
}

base::Result<RolePair> read_role(std::string_view value) {
  auto parts = base::split(value, ',');
  if (parts.size() != 2) return invalid_response("a Role that is not two ARNs");
  auto first = base::trim(parts[0]), second = base::trim(parts[1]);
  if (is_iam_arn(second, "role/")) std::swap(first, second);
  if (!is_iam_arn(first, "role/") || !is_iam_arn(second, "saml-provider/"))
    return invalid_response("a Role that is not a role and a provider");
  return RolePair{std::string(first), std::string(second)};
}

base::Status read_roles(const Attributes& attributes, AwsAttributes& into) {
  for (const auto& value : values(attributes, kAws, "Role")) {
    WEIR_TRY(auto pair, read_role(value));
    into.roles.push_back(std::move(pair));
  }
  if (into.roles.empty()) return not_authorized("no Role attribute");
  return {};
}

base::Status read_session_name(const Attributes& attributes, AwsAttributes& into) {
  WEIR_TRY(auto name, single(values(attributes, kAws, "RoleSessionName"), "RoleSessionName"));
  if (!name || name->empty())
    return invalid_token("RoleSessionName is required in AuthnResponse", "no RoleSessionName");
  if (!check_role_session_name(*name).ok())
    return invalid_token("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", "RoleSessionName");
  into.session_name = *name;
  return {};
}

base::Status read_source_identity(const Attributes& attributes, AwsAttributes& into) {
  WEIR_TRY(auto identity, single(values(attributes, kAws, "SourceIdentity"), "SourceIdentity"));
  if (!identity) return {};
  if (!check_source_identity(*identity).ok())
    return invalid_token(
        "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\" in AuthnResponse",
        "SourceIdentity");
  into.source_identity = *identity;
  return {};
}

base::Status read_duration(const Attributes& attributes, AwsAttributes& into) {
  WEIR_TRY(auto text, single(values(attributes, kAws, "SessionDuration"), "SessionDuration"));
  if (!text) return {};
  auto seconds = base::parse_int(base::trim(*text));
  if (!seconds.ok() || *seconds < 900 || *seconds > 43200) return invalid_response("SessionDuration");
  into.session_seconds = static_cast<int>(*seconds);
  return {};
}

base::Status read_tags(const Attributes& attributes, AwsAttributes& into) {
  for (const auto& [name, values] : attributes) {
    if (!name.starts_with(kPrincipalTag)) continue;
    if (values.size() != 1) return invalid_response("a PrincipalTag without exactly one value");
    into.tags.push_back({name.substr(kPrincipalTag.size()), values.front()});
  }
  into.transitive_keys = values(attributes, kAws, "TransitiveTagKeys");
  auto tags = check_tags(into.tags), keys = check_tag_keys(into.transitive_keys);
  if (!tags.ok()) return invalid_token(tags.error().says, "tags");
  if (!keys.ok()) return invalid_token(keys.error().says, "transitive tag keys");
  for (const auto& key : into.transitive_keys)
    if (!find_tag(into.tags, key)) return invalid_response("a transitive key without its tag");
  return {};
}

// Names become parts of principal ARNs, which end at 255 characters.
bool is_principal_name(std::string_view name) {
  return !name.empty() && name.size() <= 255 && !base::has_control_characters(name);
}

base::Status read_lake_formation(const Attributes& attributes, AwsAttributes& into) {
  WEIR_TRY(into.lake_formation_user, single(values(attributes, kLakeFormation, "Username"), "Username"));
  into.lake_formation_groups = values(attributes, kLakeFormation, "Groups");
  const auto& groups = into.lake_formation_groups;
  if (into.lake_formation_user && !is_principal_name(*into.lake_formation_user)) return invalid_response("Username");
  if (!std::all_of(groups.begin(), groups.end(), is_principal_name)) return invalid_response("Groups");
  return {};
}

}  // namespace

bool AwsAttributes::allows(const RolePair& pair) const {
  return std::find(roles.begin(), roles.end(), pair) != roles.end();
}

base::Result<Attributes> read_attributes(Element assertion) {
  Attributes out;
  for (auto statement : assertion.children(kAssertionNs, "AttributeStatement"))
    WEIR_CHECK_OK(read_statement(statement, out));
  return out;
}

base::Result<AwsAttributes> read_aws_attributes(const Attributes& attributes) {
  AwsAttributes out;
  WEIR_CHECK_OK(read_session_name(attributes, out));
  WEIR_CHECK_OK(read_roles(attributes, out));
  WEIR_CHECK_OK(read_source_identity(attributes, out));
  WEIR_CHECK_OK(read_duration(attributes, out));
  WEIR_CHECK_OK(read_tags(attributes, out));
  WEIR_CHECK_OK(read_lake_formation(attributes, out));
  return out;
}

}  // namespace weir::identity::saml
