// The vocabulary everything speaks: account ids, regions, ARNs, and what is inside the ARNs of the
// services Weir serves. Parsed once at the edge; after that nobody re-checks spelling.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/result.h"

namespace weir::names {

// Twelve digits.
class AccountId {
 public:
  AccountId() = default;
  static base::Result<AccountId> parse(std::string_view text);
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  auto operator<=>(const AccountId&) const = default;

 private:
  explicit AccountId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};
bool is_account_id(std::string_view text);
inline base::Json to_json(const AccountId& id) { return id.text(); }
base::Status from_json(const base::Json& json, AccountId& id);

// arn:partition:service:region:account:resource, split, the resource kept whole.
struct Arn {
  std::string partition = "aws";
  std::string service;
  std::string region;
  std::string account;  // may be empty (s3) or "aws" (managed policies)
  std::string resource;

  static base::Result<Arn> parse(std::string_view text);
  std::string text() const;
  bool operator==(const Arn&) const = default;
};

// --- identity
std::string root_arn(const AccountId& account);
std::string user_arn(const AccountId& account, std::string_view path, std::string_view name);
std::string group_arn(const AccountId& account, std::string_view path, std::string_view name);
std::string role_arn(const AccountId& account, std::string_view path, std::string_view name);
std::string policy_arn(const AccountId& account, std::string_view path, std::string_view name);
std::string session_arn(const AccountId& account, std::string_view role_name, std::string_view session_name);
std::string federated_user_arn(const AccountId& account, std::string_view name);
std::string saml_provider_arn(const AccountId& account, std::string_view name);
// `name` is the issuer without its https://.
std::string oidc_provider_arn(const AccountId& account, std::string_view name);

// --- catalog
std::string catalog_arn(std::string_view region, const AccountId& account);
std::string database_arn(std::string_view region, const AccountId& account, std::string_view database);
std::string table_arn(std::string_view region, const AccountId& account, std::string_view database,
                      std::string_view table);
std::string function_arn(std::string_view region, const AccountId& account, std::string_view database,
                         std::string_view function);

struct TableName {
  std::string catalog;  // the owning account
  std::string database;
  std::string table;
  auto operator<=>(const TableName&) const = default;
};
// arn:aws:glue:REGION:ACCOUNT:table/DB/TABLE
base::Result<TableName> parse_table_arn(std::string_view text);

// --- objects
std::string bucket_arn(std::string_view bucket);
std::string object_arn(std::string_view bucket, std::string_view key);

// A place in the object store: bucket and key prefix, from s3://, s3a://, s3n:// or arn:aws:s3:::.
struct S3Path {
  std::string bucket;
  std::string key;  // no leading '/'; a trailing '/' is kept as given

  static base::Result<S3Path> parse(std::string_view text);
  std::string url() const { return "s3://" + bucket + (key.empty() ? "" : "/" + key); }
  // True when `inner` is this place or lies below it, on '/' boundaries: s3://b/a does not cover s3://b/ab.
  bool covers(const S3Path& inner) const;
  auto operator<=>(const S3Path&) const = default;
};

}  // namespace weir::names
