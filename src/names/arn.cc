#include "names/arn.h"

#include "base/text.h"

namespace weir::names {

using base::invalid;
using base::Result;

bool is_account_id(std::string_view text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<AccountId> AccountId::parse(std::string_view text) {
  if (!is_account_id(text)) return invalid("an account id has twelve digits", "account");
  return AccountId(std::string(text));
}

base::Status from_json(const base::Json& json, AccountId& id) {
  if (!json.as_string()) return base::internal("record: an account id was expected");
  WEIR_TRY(id, AccountId::parse(*json.as_string()));
  return {};
}

Result<Arn> Arn::parse(std::string_view text) {
  auto parts = base::split_n(text, ':', 6);
  if (parts.size() != 6 || parts[0] != "arn" || parts[1].empty() || parts[2].empty() || parts[5].empty())
    return invalid("not an ARN: " + std::string(text.substr(0, 256)), "arn");
  if (base::has_control_characters(text)) return invalid("an ARN has no control characters", "arn");
  return Arn{std::string(parts[1]), std::string(parts[2]), std::string(parts[3]), std::string(parts[4]),
             std::string(parts[5])};
}

std::string Arn::text() const {
  return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
}

namespace {
std::string iam(const AccountId& account, std::string_view kind, std::string_view path, std::string_view name) {
  std::string out = "arn:aws:iam::" + account.text() + ":";
  return out.append(kind).append(path.empty() ? "/" : path).append(name);
}
std::string glue(std::string_view region, const AccountId& account, std::string_view rest) {
  return std::string("arn:aws:glue:").append(region).append(":").append(account.text()).append(":").append(rest);
}
}  // namespace

std::string root_arn(const AccountId& account) { return "arn:aws:iam::" + account.text() + ":root"; }
std::string user_arn(const AccountId& account, std::string_view path, std::string_view name) {
  return iam(account, "user", path, name);
}
std::string group_arn(const AccountId& account, std::string_view path, std::string_view name) {
  return iam(account, "group", path, name);
}
std::string role_arn(const AccountId& account, std::string_view path, std::string_view name) {
  return iam(account, "role", path, name);
}
std::string policy_arn(const AccountId& account, std::string_view path, std::string_view name) {
  return iam(account, "policy", path, name);
}
std::string session_arn(const AccountId& account, std::string_view role_name, std::string_view session_name) {
  return std::string("arn:aws:sts::")
      .append(account.text())
      .append(":assumed-role/")
      .append(role_name)
      .append("/")
      .append(session_name);
}
std::string federated_user_arn(const AccountId& account, std::string_view name) {
  return std::string("arn:aws:sts::").append(account.text()).append(":federated-user/").append(name);
}
std::string saml_provider_arn(const AccountId& account, std::string_view name) {
  return std::string("arn:aws:iam::").append(account.text()).append(":saml-provider/").append(name);
}
std::string oidc_provider_arn(const AccountId& account, std::string_view name) {
  return std::string("arn:aws:iam::").append(account.text()).append(":oidc-provider/").append(name);
}

std::string catalog_arn(std::string_view region, const AccountId& account) { return glue(region, account, "catalog"); }
std::string database_arn(std::string_view region, const AccountId& account, std::string_view database) {
  return glue(region, account, std::string("database/").append(database));
}
std::string table_arn(std::string_view region, const AccountId& account, std::string_view database,
                      std::string_view table) {
  return glue(region, account, std::string("table/").append(database).append("/").append(table));
}
std::string function_arn(std::string_view region, const AccountId& account, std::string_view database,
                         std::string_view function) {
  return glue(region, account, std::string("userDefinedFunction/").append(database).append("/").append(function));
}

Result<TableName> parse_table_arn(std::string_view text) {
  WEIR_TRY(auto arn, Arn::parse(text));
  auto parts = base::split_n(arn.resource, '/', 3);
  if (arn.service != "glue" || !is_account_id(arn.account) || parts.size() != 3 || parts[0] != "table" ||
      parts[1].empty() || parts[2].empty())
    return invalid("not the ARN of a table: " + std::string(text.substr(0, 256)), "table_arn");
  return TableName{arn.account, base::to_lower(parts[1]), base::to_lower(parts[2])};
}

std::string bucket_arn(std::string_view bucket) { return "arn:aws:s3:::" + std::string(bucket); }
std::string object_arn(std::string_view bucket, std::string_view key) {
  return std::string("arn:aws:s3:::").append(bucket).append("/").append(key);
}

Result<S3Path> S3Path::parse(std::string_view text) {
  auto whole = text;
  for (std::string_view scheme : {"s3://", "s3a://", "s3n://", "arn:aws:s3:::"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    auto slash = text.find('/');
    S3Path path{std::string(text.substr(0, slash)),
                slash == std::string_view::npos ? "" : std::string(text.substr(slash + 1))};
    if (path.bucket.empty() || base::has_control_characters(text)) break;
    return path;
  }
  return invalid("not an S3 location: " + std::string(whole.substr(0, 256)), "location");
}

bool S3Path::covers(const S3Path& inner) const {
  if (bucket != inner.bucket) return false;
  std::string_view outer = key;
  while (outer.ends_with('/')) outer.remove_suffix(1);
  if (outer.empty()) return true;
  return inner.key.starts_with(outer) && (inner.key.size() == outer.size() || inner.key[outer.size()] == '/');
}

}  // namespace weir::names
