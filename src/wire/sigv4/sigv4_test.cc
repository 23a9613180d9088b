#include "wire/sigv4/sigv4.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace weir::wire {
namespace {

const base::Secret kSecret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
const base::Instant kNow = *base::parse_amz_date("20260803T101500Z");
const std::string kEmpty = base::sha256_hex("");
const std::string kSignature(64, 'a');

OutgoingRequest glue_request() {
  OutgoingRequest request{"POST", "/", {{"Host", "127.0.0.1:8080"}, {"X-Amz-Target", "AWSGlue.GetTable"}}};
  sign_request(request, {"AKIAEXAMPLE", kSecret, ""}, "us-east-1", "glue", base::sha256_hex("{}"), kNow);
  return request;
}
OutgoingRequest s3_request(std::string target = "/bucket/a%20key?versionId=1&tagging") {
  OutgoingRequest request{"GET", std::move(target), {{"Host", "127.0.0.1:8080"}, {"Range", "bytes=0-9"}}};
  sign_request(request, {"ASIAEXAMPLE", kSecret, "token+/="}, "us-east-1", "s3", kEmpty, kNow);
  return request;
}
OutgoingRequest presigned_request() {
  OutgoingRequest request{"GET", "/bucket/key?versionId=1", {{"Host", "127.0.0.1:8080"}}};
  request.target = presign(request, {"AKIAEXAMPLE", kSecret, ""}, "us-east-1", "s3", "UNSIGNED-PAYLOAD", 900, kNow);
  return request;
}

AuthStatus check(const OutgoingRequest& request, std::string_view body_sha256, base::Instant now = kNow,
                 const base::Secret& secret = kSecret) {
  auto claims = parse_authorization(request.view());
  if (!claims.ok()) return claims.error();
  const std::string_view known[] = {"", "AKIAEXAMPLE", "ASIAEXAMPLE", "AKIDEXAMPLE"};
  if (std::find(std::begin(known), std::end(known), claims->access_key_id) == std::end(known))
    return AuthError{AuthFault::unknown_key, "the key id is proved by finding its secret", {}};
  auto options = claims->scope.service == "s3" ? VerifyOptions::for_s3() : VerifyOptions::for_others();
  return verify(*claims, request.view(), derive_signing_key(secret, claims->scope), body_sha256, now, options);
}

std::string& header(OutgoingRequest& request, std::string_view name) {
  for (auto& [key, value] : request.headers)
    if (base::equal_ignoring_case(key, name)) return value;
  return request.headers.emplace_back(name, "").second;
}

AuthFault fault_of(const OutgoingRequest& request) {
  auto claims = parse_authorization(request.view());
  EXPECT_FALSE(claims.ok());
  return claims.ok() ? AuthFault::content_mismatch : claims.fault();
}

OutgoingRequest with_authorization(std::string text) {
  return {"GET", "/", {{"Host", "h"}, {"X-Amz-Date", "20260803T101500Z"}, {"Authorization", std::move(text)}}};
}
std::string authorization(std::string credential, std::string headers = "host;x-amz-date",
                          std::string signature = kSignature) {
  return "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" + headers + ", Signature=" + signature;
}
const std::string kCredential = "AKIAEXAMPLE/20260803/us-east-1/glue/aws4_request";

std::string canonical_query(std::string_view query, std::string_view except = {}) {
  std::string out;
  append_canonical_query(out, query, except);
  return out;
}
std::string canonical_path(std::string_view path, PathRule rule) {
  std::string out;
  append_canonical_path(out, path, rule);
  return out;
}

}  // namespace

TEST(Canonical, S3PathsKeepTheirShapeAndAreEncodedOnce) {
  EXPECT_EQ(canonical_path("/b/a//b/../c/./", PathRule::s3), "/b/a//b/../c/./");
  EXPECT_EQ(canonical_path("/b/it's(1)!*+", PathRule::s3), "/b/it%27s%281%29%21%2A%2B");
  EXPECT_EQ(canonical_path("/b/a%2fb%20c", PathRule::s3), "/b/a/b%20c");
  EXPECT_EQ(canonical_path("/b/100%", PathRule::s3), "/b/100%25");
  EXPECT_EQ(canonical_path("", PathRule::s3), "/");
}

TEST(Canonical, OtherPathsAreNormalisedAndEncodedTwice) {
  EXPECT_EQ(canonical_path("/tags/arn%3Aaws%3Aram", PathRule::normalised), "/tags/arn%253Aaws%253Aram");
  EXPECT_EQ(canonical_path("/a/./b//c/../d/", PathRule::normalised), "/a/b/d/");
  EXPECT_EQ(canonical_path("/../..", PathRule::normalised), "/");
  EXPECT_EQ(canonical_path("//", PathRule::normalised), "/");
  EXPECT_EQ(canonical_path("", PathRule::normalised), "/");
}

TEST(Canonical, QueriesSortByEncodedNameThenValue) {
  EXPECT_EQ(canonical_query("b=2&a=2&a=1&acl"), "a=1&a=2&acl=&b=2");
  EXPECT_EQ(canonical_query("a=x+y&a=x%20y&a=%2f"), "a=%2F&a=x%20y&a=x%20y");
  EXPECT_EQ(canonical_query("a=b=c&&=v&"), "=v&a=b%3Dc");
  EXPECT_EQ(canonical_query("a-b=1&a=2&a.b=3"), "a=2&a-b=1&a.b=3") << "the name decides before the value";
  EXPECT_EQ(canonical_query("X-Amz-Signature=q&x-amz-signature=r", "X-Amz-Signature"), "x-amz-signature=r");
}

TEST(Canonical, HeaderValuesAreTrimmedCollapsedAndJoined) {
  OutgoingRequest request{"GET", "/", {{"Host", "h"}, {"My", "  a \t b "}, {"my", "\"c   d\""}, {"Fold", "x\r\n  y"}}};
  std::string out;
  EXPECT_TRUE(append_canonical_headers(out, request.view(), "fold;host;my"));
  EXPECT_EQ(out, "fold:x y\nhost:h\nmy:a b,\"c d\"\n");
  EXPECT_FALSE(append_canonical_headers(out, request.view(), "host;absent"));
}

TEST(SigV4, TheDocumentedKeyDerivationHolds) {
  auto key =
      derive_signing_key(base::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), {"20150830", "us-east-1", "iam"});
  EXPECT_EQ(base::hex(key.reveal()), "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

TEST(SigV4, TheVanillaGetVectorVerifies) {
  OutgoingRequest request{"GET", "/", {{"Host", "example.amazonaws.com"}, {"X-Amz-Date", "20150830T123600Z"}}};
  request.headers.emplace_back(
      "Authorization",
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, "
      "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  EXPECT_TRUE(check(request, kEmpty, *base::parse_amz_date("20150830T123600Z"),
                    base::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
                  .ok());
}

TEST(SigV4, WhatWeSignVerifies) {
  EXPECT_TRUE(check(glue_request(), base::sha256_hex("{}")).ok());
  EXPECT_TRUE(check(s3_request(), kEmpty).ok());
  EXPECT_TRUE(check(presigned_request(), kEmpty).ok());
}

TEST(SigV4, AnotherSecretIsABadSignatureAndShowsNoExpectedOne) {
  auto request = glue_request();
  auto status = check(request, base::sha256_hex("{}"), kNow, base::Secret("other"));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.fault(), AuthFault::bad_signature);
  auto& details = status.error().details;
  EXPECT_TRUE(details.at("CanonicalRequest").starts_with("POST\n/\n\nhost:127.0.0.1:8080\n"));
  EXPECT_TRUE(details.at("StringToSign")
                  .starts_with("AWS4-HMAC-SHA256\n20260803T101500Z\n20260803/us-east-1/glue/aws4_request\n"));
  EXPECT_TRUE(details.at("StringToSignBytes").starts_with("41 57 53 34"));
  auto expected = sign_text(derive_signing_key(base::Secret("other"), {"20260803", "us-east-1", "glue"}),
                            details.at("StringToSign"));
  for (const auto& [name, value] : details) EXPECT_EQ(value.find(expected), std::string::npos) << name;
}

TEST(SigV4, AnotherBodyIsRefusedAnnouncedOrNot) {
  EXPECT_EQ(check(glue_request(), base::sha256_hex("{ }")).fault(), AuthFault::bad_signature);
  EXPECT_EQ(check(s3_request(), base::sha256_hex("x")).fault(), AuthFault::content_mismatch);
}

TEST(SigV4, AnAnnouncedHashMayBeProvedBeforeTheBodyIsRead) {
  auto request = s3_request();
  auto claims = parse_authorization(request.view());
  auto key = derive_signing_key(kSecret, claims->scope);
  EXPECT_TRUE(verify(*claims, request.view(), key, {}, kNow, VerifyOptions::for_s3()).ok());
  EXPECT_TRUE(check_body(*claims, kEmpty).ok());
  EXPECT_EQ(check_body(*claims, base::sha256_hex("x")).fault(), AuthFault::content_mismatch);
  auto glue = glue_request();
  auto glue_claims = parse_authorization(glue.view());
  EXPECT_EQ(verify(*glue_claims, glue.view(), derive_signing_key(kSecret, glue_claims->scope), {}, kNow, {}).fault(),
            AuthFault::bad_content_hash);
}

// Flips every bit of every byte of the target, the signed header values and the Authorization header. What
// is still accepted must be another spelling of the same request: its canonical form is unchanged.
void flip_everything(const OutgoingRequest& good, std::string_view body_sha256) {
  auto canonical_of = [](const OutgoingRequest& request, const Authorization& claims) {
    std::string out;
    append_canonical_request(out, request.view(), claims, "", path_rule_of(claims.scope.service));
    append_string_to_sign(out, claims, "");
    return out + claims.signature + claims.access_key_id;
  };
  auto original = canonical_of(good, *parse_authorization(good.view()));
  size_t refused = 0, same = 0;
  auto flip = [&](auto&& select) {
    auto request = good;
    std::string& text = select(request);
    for (size_t i = 0; i < text.size() * 8; ++i) {
      text[i / 8] = static_cast<char>(text[i / 8] ^ (1 << (i % 8)));
      auto status = check(request, body_sha256);
      if (status.ok()) {
        auto claims = parse_authorization(request.view());
        EXPECT_EQ(canonical_of(request, *claims), original) << text;
        ++same;
      } else {
        ++refused;
      }
      text[i / 8] = static_cast<char>(text[i / 8] ^ (1 << (i % 8)));
    }
  };
  flip([](OutgoingRequest& r) -> std::string& { return r.method; });
  flip([](OutgoingRequest& r) -> std::string& { return r.target; });
  for (size_t i = 0; i < good.headers.size(); ++i) {
    flip([i](OutgoingRequest& r) -> std::string& { return r.headers[i].second; });
    flip([i](OutgoingRequest& r) -> std::string& { return r.headers[i].first; });
  }
  EXPECT_GT(refused, same * 5);
}

TEST(SigV4, OneFlippedBitAnywhereIsRefused) {
  flip_everything(glue_request(), base::sha256_hex("{}"));
  flip_everything(s3_request(), kEmpty);
  flip_everything(presigned_request(), kEmpty);
}

TEST(SigV4, TheClockMayBeFiveMinutesOffAndFifteenForS3) {
  using std::chrono::seconds;
  auto body = base::sha256_hex("{}");
  EXPECT_TRUE(check(glue_request(), body, kNow + seconds(300)).ok());
  EXPECT_TRUE(check(glue_request(), body, kNow - seconds(300)).ok());
  auto late = check(glue_request(), body, kNow + seconds(301));
  EXPECT_EQ(late.fault(), AuthFault::skewed);
  EXPECT_EQ(late.error().says,
            "Signature expired: 20260803T101500Z is now earlier than 20260803T101501Z (20260803T102001Z - 5 min.)");
  EXPECT_EQ(check(glue_request(), body, kNow - seconds(301)).fault(), AuthFault::skewed);
  EXPECT_TRUE(check(s3_request(), kEmpty, kNow + seconds(900)).ok());
  auto s3 = check(s3_request(), kEmpty, kNow + seconds(901));
  EXPECT_EQ(s3.fault(), AuthFault::skewed);
  EXPECT_EQ(s3.error().details.at("MaxAllowedSkewMilliseconds"), "900000");
}

TEST(SigV4, APresignedRequestLivesFromItsDateToItsExpiry) {
  using std::chrono::seconds;
  EXPECT_TRUE(check(presigned_request(), kEmpty, kNow + seconds(900)).ok());
  EXPECT_EQ(check(presigned_request(), kEmpty, kNow + seconds(901)).fault(), AuthFault::expired_presign);
  EXPECT_TRUE(check(presigned_request(), kEmpty, kNow - seconds(900)).ok());
  EXPECT_EQ(check(presigned_request(), kEmpty, kNow - seconds(901)).fault(), AuthFault::not_yet_valid);
}

TEST(SigV4, S3WantsEveryAmzHeaderSigned) {
  auto request = s3_request();
  request.headers.emplace_back("X-Amz-Acl", "public-read");
  auto status = check(request, kEmpty);
  EXPECT_EQ(status.fault(), AuthFault::unsigned_headers);
  EXPECT_EQ(status.error().details.at("HeadersNotSigned"), "x-amz-acl");
  auto presigned = presigned_request();
  presigned.headers.emplace_back("x-amz-tagging", "a=b");
  EXPECT_EQ(check(presigned, kEmpty).fault(), AuthFault::unsigned_headers);
  auto glue = glue_request();
  glue.headers.emplace_back("X-Amz-Security-Token", "added after signing");
  EXPECT_TRUE(check(glue, base::sha256_hex("{}")).ok()) << "elsewhere the token vouches for itself";
}

TEST(SigV4, NobodyExchangesTheOperationOfASignedRequest) {
  auto glue = glue_request();
  glue.headers.emplace_back("X-Amz-Target", "AWSGlue.DeleteDatabase");
  EXPECT_FALSE(check(glue, base::sha256_hex("{}")).ok()) << "signed once, or never";
  OutgoingRequest bare{"POST", "/", {{"Host", "h"}}};
  sign_request(bare, {"AKIAEXAMPLE", kSecret, ""}, "us-east-1", "glue", base::sha256_hex("{}"), kNow);
  EXPECT_TRUE(check(bare, base::sha256_hex("{}")).ok());
  bare.headers.emplace_back("X-Amz-Target", "AWSGlue.DeleteDatabase");
  EXPECT_EQ(check(bare, base::sha256_hex("{}")).fault(), AuthFault::unsigned_headers);
}

TEST(SigV4, OnlyS3MayLeaveTheBodyUnsigned) {
  OutgoingRequest request{"POST", "/", {{"Host", "h"}, {"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}}};
  auto s3 = request;
  sign_request(request, {"AKIAEXAMPLE", kSecret, ""}, "us-east-1", "glue", "UNSIGNED-PAYLOAD", kNow);
  EXPECT_EQ(check(request, base::sha256_hex("anything")).fault(), AuthFault::bad_content_hash);
  sign_request(s3, {"AKIAEXAMPLE", kSecret, ""}, "us-east-1", "s3", "UNSIGNED-PAYLOAD", kNow);
  EXPECT_TRUE(check(s3, base::sha256_hex("anything")).ok());
  std::erase_if(s3.headers, [](auto& h) { return h.first == "X-Amz-Content-Sha256"; });
  EXPECT_EQ(check(s3, kEmpty).fault(), AuthFault::bad_content_hash) << "S3 wants the header";
}

TEST(SigV4, TheScopeNamesThisServiceAndOneOfTheseRegions) {
  auto claims = *parse_authorization(glue_request().view());
  const std::string regions[] = {"eu-west-1", "us-east-1"};
  EXPECT_TRUE(check_scope(claims, "glue", regions).ok());
  EXPECT_EQ(check_scope(claims, "s3", regions).fault(), AuthFault::wrong_service);
  auto wrong = check_scope(claims, "glue", std::span(regions, 1));
  EXPECT_EQ(wrong.fault(), AuthFault::wrong_region);
  EXPECT_EQ(wrong.error().details.at("Region"), "eu-west-1");
  EXPECT_EQ(check_scope(claims, "glue", {}).fault(), AuthFault::wrong_region);
  EXPECT_EQ(check_scope({}, "glue", regions).fault(), AuthFault::missing);
}

TEST(SigV4, NobodyIsNotVerified) {
  OutgoingRequest request{"GET", "/", {{"Host", "h"}}};
  EXPECT_EQ(parse_authorization(request.view())->mode, AuthMode::anonymous);
  EXPECT_EQ(check(request, kEmpty).fault(), AuthFault::missing);
}

TEST(Authorization, ParametersMayComeInAnyOrderAndSpacing) {
  auto claims = parse_authorization(with_authorization("AWS4-HMAC-SHA256   Signature=" + kSignature +
                                                       ",SignedHeaders=host;x-amz-date , Credential=" + kCredential)
                                        .view());
  ASSERT_TRUE(claims.ok()) << claims.error().says;
  EXPECT_EQ(claims->access_key_id, "AKIAEXAMPLE");
  EXPECT_EQ(claims->scope.text(), "20260803/us-east-1/glue/aws4_request");
  EXPECT_EQ(claims->signed_at, kNow);
}

TEST(Authorization, EveryMalformedHeaderIsNamedSo) {
  const std::string malformed[] = {
      "AWS4-HMAC-SHA256",
      "AWS4-HMAC-SHA256 ",
      "AWS4-HMAC-SHA256 Credential=" + kCredential,
      authorization("AKIAEXAMPLE/20260803/us-east-1/glue"),
      authorization("AKIAEXAMPLE/20260803/us-east-1/glue/aws4_request/x"),
      authorization("AKIAEXAMPLE/20260803/us-east-1/glue/aws4_reques"),
      authorization("/20260803/us-east-1/glue/aws4_request"),
      authorization("AKIA\nX/20260803/us-east-1/glue/aws4_request"),
      authorization("AKIAEXAMPLE/2026080/us-east-1/glue/aws4_request"),
      authorization("AKIAEXAMPLE/2026080x/us-east-1/glue/aws4_request"),
      authorization("AKIAEXAMPLE/20260803//glue/aws4_request"),
      authorization("AKIAEXAMPLE/20260803/us-east-1//aws4_request"),
      authorization(kCredential, ""),
      authorization(kCredential, "x-amz-date"),
      authorization(kCredential, "host;host"),
      authorization(kCredential, "x-amz-date;host"),
      authorization(kCredential, "Host;x-amz-date"),
      authorization(kCredential, "host;"),
      authorization(kCredential, ";host"),
      authorization(kCredential, "host;x amz"),
      authorization(kCredential, "host", ""),
      authorization(kCredential, "host", std::string(63, 'a')),
      authorization(kCredential, "host", std::string(65, 'a')),
      authorization(kCredential, "host", std::string(64, 'A')),
      authorization(kCredential, "host", std::string(64, 'g')),
      authorization(kCredential) + ", Extra=1",
      authorization(kCredential) + ", Signature=" + kSignature,
      authorization(kCredential) + ",",
      authorization(kCredential) + " Signature",
  };
  for (const auto& text : malformed) EXPECT_EQ(fault_of(with_authorization(text)), AuthFault::malformed_header) << text;
}

TEST(Authorization, OtherSchemesAreToldApart) {
  EXPECT_EQ(fault_of(with_authorization("AWS AKIAEXAMPLE:c2ln")), AuthFault::sigv2);
  EXPECT_EQ(fault_of(with_authorization("AWS4-ECDSA-P256-SHA256 Credential=x")), AuthFault::sigv4a);
  EXPECT_EQ(fault_of(with_authorization("Bearer x")), AuthFault::unsupported_algorithm);
  EXPECT_EQ(fault_of(with_authorization("AWS4-HMAC-SHA2567 x")), AuthFault::unsupported_algorithm);
  EXPECT_EQ(fault_of(with_authorization("")), AuthFault::unsupported_algorithm);
  EXPECT_EQ(fault_of({"GET", "/b/k?AWSAccessKeyId=A&Signature=s&Expires=1", {{"Host", "h"}}}), AuthFault::sigv2);
  EXPECT_EQ(fault_of({"GET", "/?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256", {{"Host", "h"}}}), AuthFault::sigv4a);
  EXPECT_EQ(fault_of({"GET", "/?X-Amz-Algorithm=MD5", {{"Host", "h"}}}), AuthFault::unsupported_algorithm);
}

TEST(Authorization, TwoModesAtOnceAreRefused) {
  auto request = glue_request();
  request.target = "/?X-Amz-Signature=x";
  EXPECT_EQ(fault_of(request), AuthFault::both_modes);
  request.target = "/?AWSAccessKeyId=x&Signature=y";
  EXPECT_EQ(fault_of(request), AuthFault::both_modes);
}

TEST(Authorization, RepeatedHeadersAreRefused) {
  for (std::string name : {"Authorization", "X-Amz-Date", "X-Amz-Security-Token"}) {
    auto request = s3_request();
    request.headers.emplace_back(name, header(request, name));
    EXPECT_EQ(fault_of(request), AuthFault::malformed_header) << name;
  }
  auto request = s3_request();
  request.headers.emplace_back("x-amz-content-sha256", kEmpty);
  EXPECT_EQ(fault_of(request), AuthFault::bad_content_hash);
}

TEST(Authorization, DatesComeFromAmzDateThenDateInEitherForm) {
  auto request = with_authorization(authorization(kCredential, "date;host"));
  request.headers[1] = {"Date", "Mon, 03 Aug 2026 10:15:00 GMT"};
  auto claims = parse_authorization(request.view());
  ASSERT_TRUE(claims.ok());
  EXPECT_EQ(claims->amz_date, "20260803T101500Z");
  request.headers[1] = {"Date", "20260803T101500Z"};
  EXPECT_TRUE(parse_authorization(request.view()).ok());
  request.headers[1] = {"X-Amz-Date", "Mon, 03 Aug 2026 10:15:00 GMT"};
  EXPECT_EQ(fault_of(request), AuthFault::malformed_header);
  request.headers.erase(request.headers.begin() + 1);
  EXPECT_EQ(fault_of(request), AuthFault::malformed_header);
}

TEST(Authorization, TheScopesDayIsTheRequestsDay) {
  auto request = with_authorization(authorization("AKIAEXAMPLE/20260802/us-east-1/glue/aws4_request"));
  EXPECT_EQ(fault_of(request), AuthFault::wrong_date);
}

TEST(Authorization, EveryMalformedPresignedQueryIsNamedSo) {
  const auto good = presigned_request().target;
  auto replaced = [&](std::string_view from, std::string_view to) {
    auto text = good;
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return OutgoingRequest{"GET", text.replace(at, from.size(), to), {{"Host", "127.0.0.1:8080"}}};
  };
  const std::pair<std::string, std::string> changes[] = {
      {"X-Amz-Algorithm=AWS4-HMAC-SHA256&", ""},
      {"X-Amz-Credential=", "X-Amz-Other="},
      {"X-Amz-Date=", "X-Amz-Dat="},
      {"X-Amz-Expires=900&", ""},
      {"X-Amz-Expires=900", "X-Amz-Expires=0"},
      {"X-Amz-Expires=900", "X-Amz-Expires=-1"},
      {"X-Amz-Expires=900", "X-Amz-Expires=%2B900"},
      {"X-Amz-Expires=900", "X-Amz-Expires=604801"},
      {"X-Amz-Expires=900", "X-Amz-Expires=99999999999999999999"},
      {"X-Amz-Expires=900", "X-Amz-Expires=900&X-Amz-Expires=900"},
      {"X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders="},
      {"X-Amz-Signature=", "X-Amz-Signature=0"},
      {"X-Amz-Signature=", "x-amz-signature="},
      {"X-Amz-Signature=", "X-Amz-Signature=" + kSignature + "&X-Amz-Signature="},
      {"X-Amz-Date=20260803T101500Z", "X-Amz-Date=2026-08-03"},
  };
  for (const auto& [from, to] : changes)
    EXPECT_EQ(fault_of(replaced(from, to)), AuthFault::malformed_query) << from << " -> " << to;
}

TEST(Authorization, PayloadAnnouncementsAreAClosedSet) {
  auto announced = [](std::string value) {
    return parse_authorization(OutgoingRequest{"PUT", "/", {{"Host", "h"}, {"x-amz-content-sha256", value}}}.view());
  };
  EXPECT_EQ(announced(kEmpty)->payload, Payload::hash);
  EXPECT_EQ(announced("UNSIGNED-PAYLOAD")->payload, Payload::unsigned_payload);
  EXPECT_EQ(announced("STREAMING-UNSIGNED-PAYLOAD-TRAILER")->payload, Payload::chunked_unsigned_trailer);
  EXPECT_EQ(announced("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")->payload, Payload::chunked_signed);
  EXPECT_EQ(announced("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")->payload, Payload::chunked_signed_trailer);
  EXPECT_EQ(announced("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD").fault(), AuthFault::sigv4a);
  EXPECT_EQ(announced("").fault(), AuthFault::bad_content_hash);
  EXPECT_EQ(announced("unsigned-payload").fault(), AuthFault::bad_content_hash);
  EXPECT_EQ(announced(base::to_lower(std::string(64, 'G'))).fault(), AuthFault::bad_content_hash);
}

TEST(SigningKeyCache, ARotatedSecretNeverMeetsAnOldKey) {
  SigningKeyCache cache(64);
  CredentialScope scope{"20260803", "us-east-1", "s3"};
  auto first = cache.get("AKIA1", base::Secret("one"), scope);
  EXPECT_EQ(first.reveal(), derive_signing_key(base::Secret("one"), scope).reveal());
  EXPECT_EQ(cache.get("AKIA1", base::Secret("one"), scope).reveal(), first.reveal());
  EXPECT_EQ(cache.get("AKIA1", base::Secret("two"), scope).reveal(),
            derive_signing_key(base::Secret("two"), scope).reveal());
  EXPECT_EQ(cache.size(), 1u);
  cache.forget("AKIA1");
  EXPECT_EQ(cache.size(), 0u);
}

TEST(SigningKeyCache, TheOldestGoFirst) {
  SigningKeyCache cache(32);
  for (int day = 10; day < 60; ++day) {
    CredentialScope scope{"202608" + std::to_string(day), "us-east-1", "s3"};
    EXPECT_EQ(cache.get("AKIA1", base::Secret("one"), scope).reveal(),
              derive_signing_key(base::Secret("one"), scope).reveal());
  }
  EXPECT_LE(cache.size(), 32u);
}

}  // namespace weir::wire
