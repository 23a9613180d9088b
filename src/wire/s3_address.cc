#include "wire/s3_address.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace weir::wire {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

Query read_query(std::string_view text) {
  Query query;
  for (auto pair : base::split(text, '&')) {
    if (pair.empty()) continue;
    auto equals = pair.find('=');
    auto value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    query.emplace_back(base::uri_decode(pair.substr(0, equals), true), base::uri_decode(value, true));
  }
  return query;
}

const std::string* find(const Query& query, std::string_view name) {
  auto at = std::ranges::find(query, name, &Query::value_type::first);
  return at == query.end() ? nullptr : &at->second;
}

bool same_level(const Operation& operation, const S3Address& address) {
  const size_t parts = address.bucket.empty() ? 0 : address.key.empty() ? 1 : 2;
  return operation.path.size() == parts;
}

// How many conditions the request meets, or none when it misses one.
std::optional<size_t> specificity(const Operation& operation, const Query& query,
                                  std::span<const HeaderField> headers) {
  size_t met = 0;
  for (auto& part : operation.query) {
    auto* value = find(query, part.name);
    if (!value || (!part.value.empty() && *value != part.value)) return std::nullopt;
    ++met;
  }
  for (auto& member : operation.input->members) {
    if (!member.required || (member.location != Location::query && member.location != Location::header)) continue;
    const bool there = member.location == Location::query ? find(query, member.wire_name) != nullptr
                                                          : find_header(headers, member.wire_name) != nullptr;
    if (!there) return std::nullopt;
    ++met;
  }
  return met;
}

std::string_view unserved_query(const ServiceModel& s3, const Query& query) {
  for (auto name : s3.unserved_queries)
    if (find(query, name)) return name;
  return {};
}

}  // namespace

S3Address read_s3_address(std::string_view host_bucket, std::string_view path) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  if (!host_bucket.empty()) return {std::string(host_bucket), base::uri_decode(path)};
  auto slash = path.find('/');
  S3Address address{base::uri_decode(path.substr(0, slash)), {}};
  if (slash != std::string_view::npos) address.key = base::uri_decode(path.substr(slash + 1));
  return address;
}

S3Match match_s3_operation(const ServiceModel& s3, std::string_view method, const S3Address& address,
                           std::string_view query_text, std::span<const HeaderField> headers) {
  const auto query = read_query(query_text);
  S3Match match;
  match.unserved_query = unserved_query(s3, query);
  if (!match.unserved_query.empty()) return match;
  size_t best = 0;
  for (auto& operation : s3.operations) {
    if (operation.method != method || !same_level(operation, address)) continue;
    auto met = specificity(operation, query, headers);
    if (!met || (match.operation && *met <= best)) continue;
    match.operation = &operation;
    best = *met;
  }
  return match;
}

}  // namespace weir::wire
