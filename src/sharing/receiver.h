// Whom a share can be associated with: what callers write, parsed once.
//
//   123456789012
//   arn:aws:iam::123456789012:role/path/name, ...:user/path/name
//   arn:aws:iam::123456789012:saml-provider/name:user/name, ...:group/name
//   arn:aws:organizations::123456789012:organization/o-x
//   arn:aws:organizations::123456789012:ou/o-x/ou-y
//
// INVARIANT: an account written as arn:aws:iam::ID:root is the account; two spellings of one receiver have one text.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::sharing {

enum class ReceiverKind { account, iam_principal, organization, unit };

struct Receiver {
  ReceiverKind kind = ReceiverKind::account;
  std::string text;
  std::string account;  // that receives; empty for organizations and units
  std::string id;       // of the organization or unit

  bool is_collective() const { return account.empty(); }

  // invalid about "arn" for what looks like an ARN, about "parameter" for everything else.
  static base::Result<Receiver> parse(std::string_view text);
};

}  // namespace weir::sharing
