// Two requests were signed once, one by header and one by query. Whatever an attacker who saw them sends, it is
// refused, or it asks for the very same: method, path, parameters, x-amz headers and whatever else was signed.
#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "wire/sigv4/sigv4.h"

namespace {

using namespace weir;
using namespace weir::wire;

constexpr std::string_view kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
using Pairs = std::vector<std::pair<std::string, std::string>>;

const Credentials& owner() {
  static const Credentials kOwner{"AKIAEXAMPLE", base::Secret("in no seed, but what it signed is"), ""};
  return kOwner;
}
base::Instant signed_at() { return base::parse_amz_date("20260803T101500Z").value(); }

OutgoingRequest plain_request() {
  return {"GET", "/lake/a%20b?list-type=2&prefix=x%2Fy", {{"Host", "s3.localhost"}, {"Range", "bytes=0-9"}}};
}

OutgoingRequest signed_by_header() {
  auto request = plain_request();
  sign_request(request, owner(), "us-east-1", "s3", kEmpty, signed_at());
  return request;
}

OutgoingRequest signed_by_query() {
  auto request = plain_request();
  request.target =
      presign(request, owner(), "us-east-1", "s3", payload_keyword(Payload::unsigned_payload), 900, signed_at());
  return request;
}

// What a reader of the request understands, taken apart without the code that signs.
struct Meaning {
  std::string method, path;
  Pairs parameters, headers;
  bool operator==(const Meaning&) const = default;
};

Pairs parameters_of(std::string_view target) {
  Pairs out;
  auto mark = std::min(target.find('?'), target.size());
  for (auto pair : base::split(target.substr(std::min(mark + 1, target.size())), '&')) {
    auto equals = std::min(pair.find('='), pair.size());
    auto value = pair.substr(std::min(equals + 1, pair.size()));
    if (!pair.empty()) out.emplace_back(base::uri_decode(pair.substr(0, equals), true), base::uri_decode(value, true));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string squeezed(std::string_view value) {
  std::string out;
  for (char c : base::trim(value))
    if (bool gap = c == ' ' || c == '\t' || c == '\r'; !gap || !out.ends_with(' ')) out += gap ? ' ' : c;
  return out;
}

Meaning meaning_of(const OutgoingRequest& request, const Authorization& claims) {
  Meaning out{request.method,
              base::uri_decode(request.target.substr(0, request.target.find('?'))),
              parameters_of(request.target),
              {}};
  for (const auto& [name, value] : request.headers)
    if (auto lower = base::to_lower(name);
        is_signed_header(claims.signed_headers, lower) || lower.starts_with("x-amz-"))
      out.headers.emplace_back(lower, squeezed(value));
  std::sort(out.headers.begin(), out.headers.end());
  return out;
}

std::optional<Meaning> accepted(const OutgoingRequest& request) {
  auto claims = parse_authorization(request.view());
  if (!claims.ok() || claims->mode == AuthMode::anonymous) return std::nullopt;
  auto key = derive_signing_key(owner().secret, claims->scope);
  if (!verify(*claims, request.view(), key, kEmpty, signed_at(), VerifyOptions::for_s3()).ok()) return std::nullopt;
  return meaning_of(request, *claims);
}

// The first line says which of the signed requests this builds on ("h", "q"), and with a '+' that its headers are sent,
// too. Then the attacker's method and target (empty: as they were), then headers.
OutgoingRequest forged(std::string_view text, const OutgoingRequest& seen) {
  auto lines = base::split(text, '\n');
  auto line = [&](size_t i) { return i < lines.size() ? std::string(lines[i]) : std::string(); };
  OutgoingRequest request{line(1).empty() ? seen.method : line(1), line(2).empty() ? seen.target : line(2), {}};
  if (line(0).ends_with('+')) request.headers = seen.headers;
  for (size_t i = 3; i < lines.size(); ++i) {
    auto colon = std::min(lines[i].find(':'), lines[i].size());
    if (colon == 0 || colon == lines[i].size()) continue;
    request.headers.emplace_back(lines[i].substr(0, colon), lines[i].substr(colon + 1));
  }
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const OutgoingRequest kSeen[] = {signed_by_header(), signed_by_query()};
  static const std::optional<Meaning> kMeant[] = {accepted(kSeen[0]), accepted(kSeen[1])};
  CHECK_TRUE(kMeant[0] && kMeant[1], "what was signed is accepted");
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto now = accepted(forged(text, kSeen[text[0] == 'q']));
  CHECK_TRUE(!now || *now == *kMeant[0] || *now == *kMeant[1], "nothing is accepted that was not signed");
  return 0;
}
