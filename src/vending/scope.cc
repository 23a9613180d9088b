#include "vending/scope.h"

#include <algorithm>

#include "base/json.h"

namespace weir::vending {
namespace {

using base::Json;
using base::Result;
using base::Seconds;

constexpr int64_t kDurationMin = 900;
constexpr int64_t kDurationMax = 43200;
constexpr int64_t kDurationDefault = 3600;
constexpr Seconds kTableDurationMax{21600};

names::S3Path trimmed(names::S3Path path) {
  while (path.key.ends_with('/')) path.key.pop_back();
  return path;
}

// In policy text `*`, `?` and `$` mean themselves only as ${*}, ${?} and ${$}.
std::string literal(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '*' || c == '?' || c == '$') {
      out.append("${").append(1, c).append("}");
    } else {
      out += c;
    }
  }
  return out;
}

// A bare bucket's objects have no prefix before them.
std::string objects_pattern(const names::S3Path& place) { return place.key.empty() ? "*" : literal(place.key) + "/*"; }

Json strings(std::initializer_list<std::string_view> items) {
  auto out = Json::array();
  for (auto item : items) out.push(item);
  return out;
}

Json statement(std::string_view sid, Json actions, std::string resource) {
  auto out = Json::object();
  out.set("Sid", sid).set("Effect", "Allow");
  out.set("Action", std::move(actions)).set("Resource", std::move(resource));
  return out;
}

Json listing(const Scope& scope) {
  auto out = statement("ListPrefix", strings({"s3:ListBucket"}), literal(names::bucket_arn(scope.place.bucket)));
  if (scope.place.key.empty()) return out;
  auto prefixes = Json::array();
  // Not the bare place: a list of "orders" would show the names under "orders2" too.
  prefixes.push(objects_pattern(scope.place));
  auto like = Json::object();
  like.set("s3:prefix", std::move(prefixes));
  auto condition = Json::object();
  condition.set("StringLike", std::move(like));
  out.set("Condition", std::move(condition));
  return out;
}

bool has_dot_segments(std::string_view key) {
  key = key.substr(0, key.find_last_not_of('/') + 1);
  for (size_t at = 0; at <= key.size();) {
    auto end = std::min(key.find('/', at), key.size());
    auto segment = key.substr(at, end - at);
    if (segment == "." || segment == "..") return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

Result<Scope> scope_for(const names::S3Path& location, const std::optional<names::S3Path>& inside, const Wanted& wanted,
                        std::string table_arn) {
  Scope scope;
  scope.place = trimmed(inside ? *inside : location);
  if (inside && !location.covers(*inside))
    return base::invalid("S3Path lies outside the table's location.", "location");
  if (has_dot_segments(scope.place.key))
    return base::invalid("A location has no \".\" or \"..\" in its path.", "location");
  scope.read = wanted.select || wanted.all;
  scope.write = wanted.insert || wanted.delete_ || wanted.all;
  if (!scope.read && !scope.write)
    return base::invalid("Permissions name none of SELECT, INSERT, DELETE and ALL.", "permission");
  scope.table_arn = std::move(table_arn);
  return scope;
}

std::string session_policy(const Scope& scope) {
  auto statements = Json::array();
  auto objects = literal(names::bucket_arn(scope.place.bucket)) + "/" + objects_pattern(scope.place);
  if (scope.read) statements.push(statement("Read", strings({"s3:GetObject", "s3:GetObjectVersion"}), objects));
  if (scope.write)
    statements.push(statement(
        "Write", strings({"s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"}),
        objects));
  if (scope.read || scope.write) statements.push(listing(scope));
  if (statements.as_array()->empty()) {
    auto nothing = statement("Nothing", strings({"*"}), "*");
    nothing.set("Effect", "Deny");
    statements.push(std::move(nothing));
  }
  auto policy = Json::object();
  policy.set("Version", "2012-10-17").set("Statement", std::move(statements));
  return policy.dump();
}

Result<Seconds> duration_of(VendingCall call, std::optional<int64_t> asked, Seconds role_max) {
  int64_t wanted = asked.value_or(kDurationDefault);
  if (wanted < kDurationMin || wanted > kDurationMax)
    return base::invalid("DurationSeconds is 900 to 43200.", "duration");
  auto cap = role_max;
  if (call == VendingCall::table || call == VendingCall::partition) cap = std::min(cap, kTableDurationMax);
  return std::min(Seconds(wanted), cap);
}

}  // namespace weir::vending
