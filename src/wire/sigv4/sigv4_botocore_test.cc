// Every request botocore signed must verify, and signing the same request must give botocore's signature.
// WEIR_SIGV4_CASES names another file of the same form (testdata/generate_cases.py).
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/hash.h"
#include "base/json.h"
#include "wire/sigv4/sigv4.h"

namespace weir::wire {
namespace {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

HeaderList header_list(const base::Json& json, std::string_view name) {
  HeaderList out;
  for (const auto& pair : *json.find(name)->as_array())
    out.emplace_back(*(*pair.as_array())[0].as_string(), *(*pair.as_array())[1].as_string());
  return out;
}

std::vector<base::Json> cases() {
  const char* given = std::getenv("WEIR_SIGV4_CASES");
  std::ifstream file(given ? given : "src/wire/sigv4/testdata/cases.jsonl");
  std::vector<base::Json> out;
  for (std::string line; std::getline(file, line);) out.push_back(*base::parse_json(line));
  return out;
}

VerifyOptions options_for(const base::Json& c) {
  return c.text("service") == "s3" ? VerifyOptions::for_s3() : VerifyOptions::for_others();
}

Credentials credentials_of(const base::Json& c) {
  return {c.text("akid"), base::Secret(c.text("secret")), c.text("token")};
}

}  // namespace

TEST(Botocore, EveryRequestItSignsVerifies) {
  auto all = cases();
  ASSERT_GE(all.size(), 50u);
  for (const auto& c : all) {
    auto method = c.text("method"), target = c.text("target");
    auto headers = header_list(c, "headers");
    SignedRequestView view{method, target, headers};
    auto claims = parse_authorization(view);
    ASSERT_TRUE(claims.ok()) << c.text("name") << " " << claims.error().says;
    EXPECT_EQ(claims->access_key_id, c.text("akid"));
    EXPECT_EQ(claims->session_token, c.text("token"));
    auto key = derive_signing_key(base::Secret(c.text("secret")), claims->scope);
    auto status =
        verify(*claims, view, key, c.text("body_sha256"), *base::parse_amz_date(c.text("now")), options_for(c));
    EXPECT_TRUE(status.ok()) << c.text("name") << " " << status.error().says << "\n"
                             << (status.ok() ? "" : status.error().details.at("CanonicalRequest"));
  }
}

TEST(Botocore, OurHeaderSignaturesAreItsSignatures) {
  for (const auto& c : cases()) {
    if (c.text("mode") != "header") continue;
    OutgoingRequest request{c.text("method"), c.text("plain_target"), header_list(c, "plain_headers")};
    auto ours = sign_request(request, credentials_of(c), c.text("region"), c.text("service"), c.text("body_sha256"),
                             *base::parse_amz_date(c.text("now")));
    auto headers = header_list(c, "headers");
    auto method = c.text("method"), target = c.text("target");
    auto theirs = parse_authorization({method, target, headers});
    ASSERT_TRUE(theirs.ok());
    EXPECT_EQ(ours.signed_headers, theirs->signed_headers) << c.text("name");
    EXPECT_EQ(ours.signature, theirs->signature) << c.text("name");
  }
}

TEST(Botocore, OurPresignedRequestsVerifyAsItsDo) {
  for (const auto& c : cases()) {
    if (c.text("mode") != "presigned") continue;
    OutgoingRequest request{c.text("method"), c.text("plain_target"), header_list(c, "plain_headers")};
    auto now = *base::parse_amz_date(c.text("now"));
    auto payload = c.text("service") == "s3" ? "UNSIGNED-PAYLOAD" : c.text("body_sha256");
    request.target =
        presign(request, credentials_of(c), c.text("region"), c.text("service"), payload, c.number("expires"), now);
    auto claims = parse_authorization(request.view());
    ASSERT_TRUE(claims.ok()) << c.text("name") << " " << claims.error().says;
    auto key = derive_signing_key(base::Secret(c.text("secret")), claims->scope);
    EXPECT_TRUE(verify(*claims, request.view(), key, c.text("body_sha256"), now, options_for(c)).ok())
        << c.text("name");
  }
}

}  // namespace weir::wire
