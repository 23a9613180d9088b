#include "wire/sigv4/canonical.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/hash.h"
#include "base/text.h"

namespace weir::wire {
namespace {

constexpr auto kUnreserved = [] {
  std::array<bool, 256> table{};
  for (unsigned char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"))
    table[c] = true;
  return table;
}();

bool is_plain(char c, bool keep_slash) {
  return kUnreserved[static_cast<unsigned char>(c)] || (keep_slash && c == '/');
}

void append_encoded(std::string& out, char c, bool keep_slash) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  if (is_plain(c, keep_slash)) {
    out += c;
    return;
  }
  auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { literal, space };

// Decodes percent escapes once and encodes again, so that every spelling of the same bytes agrees.
void append_recoded(std::string& out, std::string_view text, bool keep_slash, Plus plus) {
  for (size_t i = 0; i < text.size(); ++i) {
    auto plain = i;
    while (i < text.size() && is_plain(text[i], keep_slash)) ++i;
    out.append(text, plain, i - plain);
    if (i == text.size()) return;
    char c = text[i];
    if (c == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      c = static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else if (c == '+' && plus == Plus::space) {
      c = ' ';
    }
    append_encoded(out, c, keep_slash);
  }
}

// Removes ".", ".." and empty segments; a trailing slash stays.
void append_normalised_path(std::string& out, std::string_view path) {
  thread_local std::vector<std::string_view> kept;
  kept.clear();
  for (std::string_view rest = path; !rest.empty();) {
    auto segment = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      kept.push_back(segment);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  for (auto segment : kept) {
    out += '/';
    for (char c : segment) append_encoded(out, c, false);
  }
  if (kept.empty() || path.ends_with('/')) out += '/';
}

// Positions in a shared buffer: the buffer may move while it grows.
struct QueryPair {
  size_t at, name_length, value_length;
};

// Session tokens are long and hold no white space: looked at in whole vectors, copied at once.
bool has_white_space(std::string_view value) {
  constexpr size_t kStride = 32;
  unsigned char found = 0;
  for (; value.size() >= kStride; value.remove_prefix(kStride))
    for (size_t i = 0; i < kStride; ++i) found |= static_cast<unsigned char>(value[i]) <= ' ';
  for (char c : value) found |= static_cast<unsigned char>(c) <= ' ';
  return found != 0;
}

void append_value(std::string& out, std::string_view value) {
  if (!has_white_space(value)) {
    out += value;
    return;
  }
  bool gap = false, begun = false;
  for (char c : value) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      gap = begun;
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    begun = true;
    out += c;
  }
}

bool same_name(std::string_view received, std::string_view lower) {
  return received.size() == lower.size() && base::ascii_lower(received[0]) == lower[0] &&
         base::equal_ignoring_case(received, lower);
}

bool append_one_header(std::string& out, const SignedRequestView& request, std::string_view name) {
  out += name;
  out += ':';
  bool found = false;
  for (const auto& [key, value] : request.headers) {
    if (!same_name(key, name)) continue;
    if (found) out += ',';
    found = true;
    append_value(out, value);
  }
  out += '\n';
  return found;
}

}  // namespace

PathRule path_rule_of(std::string_view signing_name) {
  bool s3 = signing_name == "s3" || signing_name == "s3-outposts" || signing_name == "s3express" ||
            signing_name == "s3-object-lambda";
  return s3 ? PathRule::s3 : PathRule::normalised;
}

void append_canonical_path(std::string& out, std::string_view wire_path, PathRule rule) {
  if (wire_path.empty()) {
    out += '/';
  } else if (rule == PathRule::s3) {
    append_recoded(out, wire_path, true, Plus::literal);
  } else {
    append_normalised_path(out, wire_path);
  }
}

void append_canonical_query(std::string& out, std::string_view wire_query, std::string_view except) {
  if (wire_query.empty()) return;
  thread_local std::string text;
  thread_local std::vector<QueryPair> pairs;
  text.clear();
  pairs.clear();
  while (!wire_query.empty()) {
    auto pair = wire_query.substr(0, wire_query.find('&'));
    wire_query.remove_prefix(std::min(wire_query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    auto equals = std::min(pair.find('='), pair.size());
    QueryPair entry{text.size(), 0, 0};
    append_recoded(text, pair.substr(0, equals), false, Plus::space);
    entry.name_length = text.size() - entry.at;
    if (equals < pair.size()) append_recoded(text, pair.substr(equals + 1), false, Plus::space);
    entry.value_length = text.size() - entry.at - entry.name_length;
    pairs.push_back(entry);
  }
  auto name = [](const QueryPair& p) { return std::string_view(text).substr(p.at, p.name_length); };
  auto value = [](const QueryPair& p) { return std::string_view(text).substr(p.at + p.name_length, p.value_length); };
  std::sort(pairs.begin(), pairs.end(), [&](const QueryPair& a, const QueryPair& b) {
    int order = name(a).compare(name(b));
    return order != 0 ? order < 0 : value(a) < value(b);
  });
  bool first = true;
  for (const auto& pair : pairs) {
    if (!except.empty() && name(pair) == except) continue;
    if (!first) out += '&';
    first = false;
    out.append(name(pair)).append("=").append(value(pair));
  }
}

bool append_canonical_headers(std::string& out, const SignedRequestView& request, std::string_view signed_headers) {
  bool all = true;
  for (bool more = true; more;) {
    auto end = signed_headers.find(';');
    more = end != std::string_view::npos;
    if (!append_one_header(out, request, signed_headers.substr(0, end))) all = false;
    signed_headers.remove_prefix(more ? end + 1 : signed_headers.size());
  }
  return all;
}

bool append_canonical_request(std::string& out, const SignedRequestView& request, const Authorization& claims,
                              std::string_view payload_hash, PathRule rule) {
  auto mark = std::min(request.target.find('?'), request.target.size());
  auto query = mark < request.target.size() ? request.target.substr(mark + 1) : std::string_view();
  out += request.method;
  out += '\n';
  append_canonical_path(out, request.target.substr(0, mark), rule);
  out += '\n';
  append_canonical_query(out, query, claims.mode == AuthMode::presigned ? "X-Amz-Signature" : "");
  out += '\n';
  bool all = append_canonical_headers(out, request, claims.signed_headers);
  out += '\n';
  out += claims.signed_headers;
  out += '\n';
  out += payload_hash;
  return all;
}

void append_string_to_sign(std::string& out, const Authorization& claims, std::string_view canonical_request) {
  out += "AWS4-HMAC-SHA256\n";
  out += claims.amz_date;
  out += '\n';
  out.append(claims.scope.date).append("/").append(claims.scope.region).append("/").append(claims.scope.service);
  out += "/aws4_request\n";
  out += base::sha256_hex(canonical_request);
}

}  // namespace weir::wire
