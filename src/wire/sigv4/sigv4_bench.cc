#include <benchmark/benchmark.h>

#include "base/hash.h"
#include "wire/sigv4/sigv4.h"

namespace weir::wire {
namespace {

const base::Secret kSecret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
const base::Instant kNow = *base::parse_amz_date("20260803T101500Z");

OutgoingRequest glue_request() {
  OutgoingRequest request{"POST",
                          "/",
                          {{"Host", "127.0.0.1:8080"},
                           {"Content-Type", "application/x-amz-json-1.1"},
                           {"X-Amz-Target", "AWSGlue.GetTable"},
                           {"User-Agent", "Boto3/1.43 md/Botocore#1.43"},
                           {"Content-Length", "120"},
                           {"Accept-Encoding", "identity"}}};
  sign_request(request, {"AKIAEXAMPLE", kSecret, ""}, "us-east-1", "glue", base::sha256_hex("{}"), kNow);
  return request;
}
OutgoingRequest s3_request() {
  OutgoingRequest request{
      "GET", "/bucket/some/path/part-0001.parquet?versionId=abc", {{"Host", "127.0.0.1:8080"}, {"Range", "bytes=0-9"}}};
  sign_request(request, {"ASIAEXAMPLE", kSecret, std::string(900, 't')}, "us-east-1", "s3", base::sha256_hex(""), kNow);
  return request;
}

void verify_warm(benchmark::State& state, const OutgoingRequest& request, std::string_view body,
                 VerifyOptions options) {
  auto hash = base::sha256_hex(body);
  auto claims = *parse_authorization(request.view());
  auto key = derive_signing_key(kSecret, claims.scope);
  for (auto _ : state) {
    auto status = verify(claims, request.view(), key, hash, kNow, options);
    CHECK_TRUE(status.ok(), "the benchmark verifies a good request");
  }
}
void glue_verify_warm_key(benchmark::State& state) {
  verify_warm(state, glue_request(), "{}", VerifyOptions::for_others());
}
void s3_verify_warm_key(benchmark::State& state) { verify_warm(state, s3_request(), "", VerifyOptions::for_s3()); }

void s3_parse_lookup_verify(benchmark::State& state) {
  auto request = s3_request();
  auto hash = base::sha256_hex("");
  SigningKeyCache cache;
  for (auto _ : state) {
    auto claims = parse_authorization(request.view());
    auto key = cache.get(claims->access_key_id, kSecret, claims->scope);
    auto status = verify(*claims, request.view(), key, hash, kNow, VerifyOptions::for_s3());
    CHECK_TRUE(status.ok(), "the benchmark verifies a good request");
  }
}
void derive_key(benchmark::State& state) {
  CredentialScope scope{"20260803", "us-east-1", "s3"};
  for (auto _ : state) benchmark::DoNotOptimize(derive_signing_key(kSecret, scope));
}

BENCHMARK(glue_verify_warm_key);
BENCHMARK(s3_verify_warm_key);
BENCHMARK(s3_parse_lookup_verify);
BENCHMARK(derive_key);

}  // namespace
}  // namespace weir::wire
