// The bytes inside a session token: fields in ascending order, each a number (one byte), a length
// (base-128, low groups first) and that many bytes. A list repeats its field. Absent means empty.
//
//   1 kind (1 byte)      2 access key id     3 account            4 principal id     5 principal arn
//   6 session name       7 issued (varint)   8 expires (varint)   9 tag*             10 transitive key*
//   11 source identity   12 chained (empty)  13 inline policy     14 policy arn*
//   15 lf provider       16 lf user          17 lf group*
//   18 scope (empty)     19 scope table      20 scope permission* 21 scope prefix*
//   22 sign-in provider  23 its subject      24 its subject type  25 its name qualifier
//   26 its audience      27 its method*      28 its address*
//   29 maker's provider  30 maker's id       31 maker's arn       32 maker's address*
//   33 sign-in provider's id
//
// A tag is its key's length, key and value; instants are seconds since the epoch.
//
// Invariant: canonical. decode accepts exactly what encode writes, so decode then encode is the
// identity on accepted bytes. An unknown field is refused: it may restrict what we would then allow.
#pragma once
#include <string>
#include <string_view>

#include "identity/session.h"

namespace weir::identity {

std::string encode_session(const Session& session);
base::Result<Session> decode_session(std::string_view payload);

}  // namespace weir::identity
