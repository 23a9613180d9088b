#include "vending/scope.h"

#include <algorithm>

#include "base/json.h"

namespace weir::vending {
namespace {

using base::JsonWriter;
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

using Actions = std::initializer_list<std::string_view>;

void write_list(JsonWriter& out, std::string_view name, Actions items) {
  out.key(name);
  out.begin_array();
  for (auto item : items) out.string(item);
  out.end_array();
}

void write_text(JsonWriter& out, std::string_view name, std::string_view text) {
  out.key(name);
  out.string(text);
}

// Leaves the statement open for a condition.
void begin_statement(JsonWriter& out, std::string_view sid, std::string_view effect, Actions actions,
                     std::string_view resource) {
  out.begin_object();
  write_text(out, "Sid", sid);
  write_text(out, "Effect", effect);
  write_list(out, "Action", actions);
  write_text(out, "Resource", resource);
}

void write_statement(JsonWriter& out, std::string_view sid, std::string_view effect, Actions actions,
                     std::string_view resource) {
  begin_statement(out, sid, effect, actions, resource);
  out.end_object();
}

void write_listing(JsonWriter& out, const names::S3Path& place) {
  begin_statement(out, "ListPrefix", "Allow", {"s3:ListBucket"}, literal(names::bucket_arn(place.bucket)));
  if (!place.key.empty()) {
    out.key("Condition");
    out.begin_object();
    out.key("StringLike");
    out.begin_object();
    // Not the bare place: a list of "orders" would show the names under "orders2" too.
    write_list(out, "s3:prefix", {objects_pattern(place)});
    out.end_object();
    out.end_object();
  }
  out.end_object();
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
  std::string text;
  text.reserve(768);
  JsonWriter out(text);
  auto objects = literal(names::bucket_arn(scope.place.bucket)) + "/" + objects_pattern(scope.place);
  out.begin_object();
  write_text(out, "Version", "2012-10-17");
  out.key("Statement");
  out.begin_array();
  if (scope.read) write_statement(out, "Read", "Allow", {"s3:GetObject", "s3:GetObjectVersion"}, objects);
  if (scope.write)
    write_statement(out, "Write", "Allow",
                    {"s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"},
                    objects);
  if (scope.read || scope.write) write_listing(out, scope.place);
  if (!scope.read && !scope.write) write_statement(out, "Nothing", "Deny", {"*"}, "*");
  out.end_array();
  out.end_object();
  return text;
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
