// Where the records of resource sharing are in the store:
//
//   ram share       OWNER ID             Share
//   ram principal   OWNER ID PRINCIPAL   PrincipalAssociation
//   ram resource    OWNER ID RESOURCE    ResourceAssociation
//   ram invitation  SENDER ID            Invitation
//   ram slot        OWNER SLOT           SlotHolder: the share that Lake Formation made for the slot
//   ram token       ACCOUNT TOKEN        RememberedRequest
#pragma once
#include <string>
#include <string_view>

#include "store/key.h"

namespace weir::sharing::keys {

inline constexpr std::string_view kNoun = "ram", kShare = "share", kPrincipal = "principal", kResource = "resource",
                                  kInvitation = "invitation", kSlot = "slot", kToken = "token";

inline std::string everything() { return store::key(kNoun); }
inline std::string share(std::string_view owner, std::string_view id) { return store::key(kNoun, kShare, owner, id); }
inline std::string principals(std::string_view owner, std::string_view id) {
  return store::key(kNoun, kPrincipal, owner, id);
}
inline std::string principal(std::string_view owner, std::string_view id, std::string_view text) {
  return store::key(kNoun, kPrincipal, owner, id, text);
}
inline std::string resources(std::string_view owner, std::string_view id) {
  return store::key(kNoun, kResource, owner, id);
}
inline std::string resource(std::string_view owner, std::string_view id, std::string_view arn) {
  return store::key(kNoun, kResource, owner, id, arn);
}
inline std::string invitation(std::string_view sender, std::string_view id) {
  return store::key(kNoun, kInvitation, sender, id);
}
inline std::string slot(std::string_view owner, std::string_view slot) { return store::key(kNoun, kSlot, owner, slot); }
inline std::string tokens(std::string_view account) { return store::key(kNoun, kToken, account); }
inline std::string token(std::string_view account, std::string_view token) {
  return store::key(kNoun, kToken, account, token);
}

}  // namespace weir::sharing::keys
