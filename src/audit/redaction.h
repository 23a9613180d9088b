// What never reaches an audit record: secrets, tokens, assertions, passwords, by the name of the member
// that holds them, at any depth; and anything of type Secret, which only gets in through redacted(). Nothing is
// changed or copied: what is hidden is left out while the record is written.
#pragma once
#include <string_view>

#include "base/json.h"
#include "base/secret.h"

namespace weir::audit {

// CloudTrail's own words for it.
inline constexpr std::string_view kHidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

// True for member names such as SecretAccessKey, sessionToken, SAMLAssertion, x-amz-security-token, Password;
// letter case, '-' and '_' do not matter. False for AccessKeyId, NextToken and the like.
bool is_sensitive(std::string_view member);

// Writes `json` with the values of sensitive members hidden and texts longer than `text_max` cut.
void write_redacted(base::JsonWriter& out, const base::Json& json, size_t text_max = 2048);

// The place of a secret in requestParameters.
inline base::Json redacted(const base::Secret&) { return kHidden; }

}  // namespace weir::audit
