// Whatever the bytes: no crash, nobody is let in without the key, and what is signed with it verifies.
#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "wire/sigv4/sigv4.h"

namespace {

using namespace weir;
using namespace weir::wire;

const Credentials kOurs{"AKIAEXAMPLE", base::Secret("not in the corpus"), "token"};
constexpr std::string_view kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// method LF target LF (name ':' value LF)*
OutgoingRequest read_request(std::string_view text) {
  auto lines = base::split(text, '\n');
  OutgoingRequest request{std::string(lines[0]), std::string(lines.size() > 1 ? lines[1] : "/"), {}};
  for (size_t i = 2; i < lines.size(); ++i) {
    auto colon = lines[i].find(':');
    if (colon == 0 || colon == std::string_view::npos) continue;
    request.headers.emplace_back(lines[i].substr(0, colon), lines[i].substr(colon + 1));
  }
  return request;
}

void check_strangers_stay_out(const OutgoingRequest& request) {
  auto claims = parse_authorization(request.view());
  if (!claims.ok()) return;
  static const auto kKey = derive_signing_key(kOurs.secret, {"20260803", "us-east-1", "s3"});
  for (const auto& options : {VerifyOptions::for_s3(), VerifyOptions::for_others()})
    CHECK_TRUE(!verify(*claims, request.view(), kKey, kEmpty, claims->signed_at, options).ok(), "nobody has the key");
}

// A second say about what we sign, or a name that HTTP does not let in.
bool cannot_be_signed(std::string_view name) {
  return base::starts_with_ignoring_case(name, "x-amz-") || base::equal_ignoring_case(name, "host") ||
         base::equal_ignoring_case(name, "authorization") || name.find_first_of(" \t\r,;=") != name.npos;
}

void check_ours_verifies(OutgoingRequest request, std::string_view service, const VerifyOptions& options) {
  std::erase_if(request.headers, [](const auto& header) { return cannot_be_signed(header.first); });
  request.headers.emplace_back("Host", "s3.localhost");
  auto now = base::parse_amz_date("20260803T101500Z").value();
  auto made = sign_request(request, kOurs, "us-east-1", service, kEmpty, now);
  auto claims = parse_authorization(request.view());
  if (!claims.ok()) return;  // another character no name has, or presigned parameters besides
  CHECK_TRUE(claims->signature == made.signature && claims->signed_headers == made.signed_headers, "as it was made");
  auto key = derive_signing_key(kOurs.secret, claims->scope);
  CHECK_TRUE(verify(*claims, request.view(), key, kEmpty, now, options).ok(), "what we sign verifies");
  auto elsewhere = derive_signing_key(kOurs.secret, {"20260803", "us-west-2", claims->scope.service});
  CHECK_TRUE(!verify(*claims, request.view(), elsewhere, kEmpty, now, options).ok(), "a key is of one region");
}

void check_canonical_form_is_stable(std::string_view target) {
  auto mark = std::min(target.find('?'), target.size());
  std::string path, path_again, query, query_again;
  append_canonical_path(path, target.substr(0, mark), PathRule::s3);
  append_canonical_path(path_again, path, PathRule::s3);
  append_canonical_query(query, target.substr(std::min(mark + 1, target.size())), "");
  append_canonical_query(query_again, query, "");
  CHECK_TRUE(path == path_again && query == query_again, "the canonical form is its own canonical form");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto request = read_request({reinterpret_cast<const char*>(data), size});
  check_strangers_stay_out(request);
  check_ours_verifies(request, "s3", VerifyOptions::for_s3());
  check_ours_verifies(request, "glue", VerifyOptions::for_others());
  check_canonical_form_is_stable(request.target);
  return 0;
}
