// Members that ask for what Weir does not do: refused, so that nobody believes it was done.
#pragma once
#include <optional>
#include <string>

#include "base/result.h"

namespace weir::services {

inline base::Error not_offered() {
  return base::fail(base::Kind::unsupported, "A header you provided implies functionality that is not implemented",
                    "header");
}

// Buckets are owned by their owner's account alone: the canned ACLs that say just that are fine.
base::Status check_acl(const std::optional<std::string>& acl);
base::Status check_storage_class(const std::optional<std::string>& storage_class);
// There are no versions: "null" is the one that every object has.
base::Status check_version(const std::optional<std::string>& version);

template <class In>
base::Status refuse_unoffered(const In& in) {
  bool asks = false;
  if constexpr (requires { in.SSECustomerAlgorithm; }) asks |= in.SSECustomerAlgorithm || in.SSECustomerKey;
  if constexpr (requires { in.ServerSideEncryption; }) asks |= in.ServerSideEncryption.has_value();
  if constexpr (requires { in.SSEKMSKeyId; }) asks |= in.SSEKMSKeyId.has_value();
  if constexpr (requires { in.CopySourceSSECustomerKey; }) asks |= in.CopySourceSSECustomerKey.has_value();
  if constexpr (requires { in.WebsiteRedirectLocation; }) asks |= in.WebsiteRedirectLocation.has_value();
  if constexpr (requires { in.Tagging; }) asks |= in.Tagging && !in.Tagging->empty();
  if constexpr (requires { in.ObjectLockMode; }) asks |= in.ObjectLockMode || in.ObjectLockLegalHoldStatus;
  if constexpr (requires { in.ObjectLockRetainUntilDate; }) asks |= in.ObjectLockRetainUntilDate.has_value();
  if constexpr (requires { in.ObjectLockEnabledForBucket; }) asks |= in.ObjectLockEnabledForBucket.value_or(false);
  if constexpr (requires { in.WriteOffsetBytes; }) asks |= in.WriteOffsetBytes.has_value();
  if constexpr (requires { in.GrantRead; })
    asks |= in.GrantRead || in.GrantFullControl || in.GrantReadACP || in.GrantWriteACP;
  if constexpr (requires { in.GrantWrite; }) asks |= in.GrantWrite.has_value();
  if constexpr (requires { in.MFA; }) asks |= in.MFA.has_value();
  if (asks) return not_offered();
  if constexpr (requires { in.ACL; }) WEIR_CHECK_OK(check_acl(in.ACL));
  if constexpr (requires { in.StorageClass; }) WEIR_CHECK_OK(check_storage_class(in.StorageClass));
  if constexpr (requires { in.VersionId; }) WEIR_CHECK_OK(check_version(in.VersionId));
  return {};
}

}  // namespace weir::services
