#include "services/organizations/errors.h"

#include <span>

#include "wire/validate.h"

namespace weir::services {
namespace {

struct Row {
  std::string_view about, code;
};

constexpr Row kNotFound[] = {
    {"organization", "AWSOrganizationsNotInUseException"},
    {"account", "AccountNotFoundException"},
    {"organizational unit", "OrganizationalUnitNotFoundException"},
    {"parent", "ParentNotFoundException"},
    {"source parent", "SourceParentNotFoundException"},
    {"destination parent", "DestinationParentNotFoundException"},
    {"child", "ChildNotFoundException"},
    {"root", "RootNotFoundException"},
    {"target", "TargetNotFoundException"},
    {"policy", "PolicyNotFoundException"},
    {"attachment", "PolicyNotAttachedException"},
    {"policy type", "PolicyTypeNotEnabledException"},
    {"handshake", "HandshakeNotFoundException"},
    {"request", "CreateAccountStatusNotFoundException"},
    {"delegate", "AccountNotRegisteredException"},
};

constexpr Row kAlreadyExists[] = {
    {"organization", "AlreadyInOrganizationException"},
    {"organizational unit", "DuplicateOrganizationalUnitException"},
    {"account", "DuplicateAccountException"},
    {"closed account", "AccountAlreadyClosedException"},
    {"policy", "DuplicatePolicyException"},
    {"attachment", "DuplicatePolicyAttachmentException"},
    {"policy type", "PolicyTypeAlreadyEnabledException"},
    {"handshake", "DuplicateHandshakeException"},
    {"delegate", "AccountAlreadyRegisteredException"},
};

constexpr Row kConflict[] = {
    {"organization", "OrganizationNotEmptyException"},
    {"organizational unit", "OrganizationalUnitNotEmptyException"},
    {"policy", "PolicyInUseException"},
    {"management account", "MasterCannotLeaveOrganizationException"},
    {"handshake state", "HandshakeAlreadyInStateException"},
    {"handshake transition", "InvalidHandshakeTransitionException"},
};

WireError by_noun(std::span<const Row> rows, std::string_view about, std::string_view otherwise) {
  for (const auto& row : rows)
    if (row.about == about) return {row.code, 400};
  return {otherwise, 400};
}

// Reasons are in capitals; nouns are not.
std::string_view reason_in(std::string_view about) {
  if (about == wire::kValidation) return "INVALID_PATTERN";
  if (about == "marker") return "INVALID_NEXT_TOKEN";
  if (about == "tags") return "INVALID_LIST_MEMBER";
  return about.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos ? about : std::string_view();
}

WireError conflict(const base::Error& error) {
  auto reason = reason_in(error.about);
  if (!reason.empty()) return {"HandshakeConstraintViolationException", 400, reason};
  return by_noun(kConflict, error.about, "ConflictException");
}

}  // namespace

WireError organizations_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return {"InvalidInputException", 400, reason_in(error.about)};
    case Kind::not_found: return by_noun(kNotFound, error.about, "InvalidInputException");
    case Kind::already_exists: return by_noun(kAlreadyExists, error.about, "InvalidInputException");
    case Kind::denied: return {"AccessDeniedException", 400};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 400};
    case Kind::expired: return {"ExpiredTokenException", 400};
    case Kind::conflict: return conflict(error);
    case Kind::concurrent:
    case Kind::precondition_failed: return {"ConcurrentModificationException", 400};
    case Kind::limit_exceeded: return {"ConstraintViolationException", 400, reason_in(error.about)};
    case Kind::type_mismatch: return {"InvalidInputException", 400};
    case Kind::malformed_policy: return {"MalformedPolicyDocumentException", 400};
    case Kind::unsupported: return {"PolicyTypeNotAvailableForOrganizationException", 400};
    case Kind::throttled: return {"TooManyRequestsException", 400};
    case Kind::unavailable:
    case Kind::internal: return {"ServiceException", 500};
  }
  return {"ServiceException", 500};
}

}  // namespace weir::services
