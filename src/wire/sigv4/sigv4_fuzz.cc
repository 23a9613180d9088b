// Whatever the bytes: no crash, and nobody is let in without the key.
#include "base/hash.h"
#include "base/text.h"
#include "wire/sigv4/sigv4.h"

// Input: method LF target LF (name ':' value LF)*
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir;
  auto lines = base::split({reinterpret_cast<const char*>(data), size}, '\n');
  wire::OutgoingRequest request;
  request.method = lines[0];
  if (lines.size() > 1) request.target = lines[1];
  for (size_t i = 2; i < lines.size(); ++i) {
    auto colon = lines[i].find(':');
    if (colon == 0 || colon == std::string_view::npos) continue;
    request.headers.emplace_back(lines[i].substr(0, colon), lines[i].substr(colon + 1));
  }
  auto claims = wire::parse_authorization(request.view());
  if (!claims.ok()) return 0;
  static const auto key = wire::derive_signing_key(base::Secret("not in the corpus"), {"20260803", "us-east-1", "s3"});
  for (const auto& options : {wire::VerifyOptions::for_s3(), wire::VerifyOptions::for_others()})
    if (wire::verify(*claims, request.view(), key, base::sha256_hex(""), claims->signed_at, options).ok())
      __builtin_trap();
  return 0;
}
